public import ModuleKit

extension ProtoCoin {
    /// Coins of any denomination, whether it is one or not.
    public static func of(_ amount: UInt64, _ denom: String) -> ProtoCoin {
        .with {
            $0.denom = denom
            $0.amount = String(amount)
        }
    }

    /// Coins of the denomination `stake`, which chains under test bond unless told otherwise.
    public static func stake(_ amount: UInt64) -> ProtoCoin { .of(amount, "stake") }
}
