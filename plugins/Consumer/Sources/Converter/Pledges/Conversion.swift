import ModuleKit

/// How pledged tokens of the provider count in native tokens.
///
/// The factors are applied one after the other and rounded down each time, as the reference contracts do. Nothing is
/// ever converted back: pledges are kept in tokens of the provider.
struct Conversion: Hashable, Sendable {
    /// Native tokens per token of the provider.
    let price: Decimal18
    /// What a pledge counts less than it is worth; below 1.
    let discount: Decimal18

    /// The most that a pledge counts: low enough that the sum over any number of validators that a chain can have is an
    /// amount.
    static let nativeMax = Amount((1 as UInt128) << 112 - 1)

    /// `floor(floor(pledged * price) * (1 - discount))`, at most ``nativeMax``.
    func native(_ pledged: Amount) throws(ModuleError) -> Amount {
        do throws(ModuleError) {
            let worth = try pledged.multiplied(by: price, rounding: .floor)
            let weight = try Decimal18.one.subtracting(discount)
            return min(try worth.multiplied(by: weight, rounding: .floor), Self.nativeMax)
        } catch {
            guard error.code == .arithmeticOverflow else { throw error }
            return Self.nativeMax
        }
    }
}
