import ModuleKit

extension ProtoCoin {
    /// A coin of the command line, such as 5umesh, as messages carry it.
    init(argument: String) throws(CommandError) {
        self = try CommandError.wrapping { ProtoCoin(try Coin(argument)) }
    }
}

extension Coins {
    /// The coins that an option names, such as 100umesh,7uatom.
    init(_ text: String, option: String) throws(CommandError) {
        do throws(ModuleError) {
            try self.init(text)
        } catch {
            throw CommandError(error).adding(context: option)
        }
    }
}
