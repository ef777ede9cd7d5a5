import CometBFT
import IBC
import InterchainEvents
import ModuleKit

extension Timestamp {
    /// The same moment as chains of CometBFT count it.
    var blockTime: BlockTime {
        get throws(ModuleError) {
            try ModuleError.reading("the block's time") { () throws(CometBFTError) in
                try BlockTime(seconds: Int64(clamping: wholeSeconds), nanoseconds: Int32(clamping: nanosecondsWithin))
            }
        }
    }
}

extension Identifier {
    /// Reads an identifier that came from outside.
    ///
    /// - Throws: `malformedInput`.
    init(reading text: String) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in try Self(text) }
    }
}

extension ModuleError {
    /// Reads something that is CometBFT's, and takes over what is wrong with it.
    ///
    /// - Throws: `malformedInput`.
    static func reading<Value>(_ what: @autoclosure () -> String, _ body: () throws(CometBFTError) -> Value)
        throws(ModuleError) -> Value
    {
        do throws(CometBFTError) {
            return try body()
        } catch {
            throw ModuleError(.malformedInput, "\(what()) can't be read: \(error.message)")
        }
    }

    /// What an event that does not fit the state says.
    static func unfitting(_ what: String) -> ModuleError {
        ModuleError(.invalidState, "\(what): the log is damaged")
    }
}
