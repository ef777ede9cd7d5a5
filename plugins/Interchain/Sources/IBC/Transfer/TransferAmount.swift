/// Amounts of ICS-20: whole numbers from 1 to 2^256 - 1, as decimal texts.
public enum TransferAmount {
    /// The largest amount of ICS-20, 2^256 - 1.
    private static let largest = "115792089237316195423570985008687907853269984665640564039457584007913129639935"

    /// Reads an amount, of which at most 128 bits are held here.
    ///
    /// - Throws: `invalidAmount` for a text that is no amount of ICS-20, with a sign, blanks or leading zeros; and
    ///   `amountTooLarge` for one above 2^128 - 1.
    public static func read(_ text: String) throws(IBCError) -> UInt128 {
        let digits = Array(text.utf8)
        guard let first = digits.first, first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            !exceedsLargest(digits)
        else {
            throw IBCError(
                .invalidAmount,
                "\(quoted(text)) is no amount; write a whole number from 1 to 2^256 - 1 without leading zeros"
            )
        }
        guard let amount = UInt128(text) else {
            throw IBCError(
                .amountTooLarge,
                "the amount \(quoted(text)) is above 2^128 - 1, the largest that this chain holds; send less"
            )
        }
        return amount
    }

    private static func exceedsLargest(_ digits: [UInt8]) -> Bool {
        digits.count == largest.utf8.count
            ? largest.utf8.lexicographicallyPrecedes(digits)
            : digits.count > largest.utf8.count
    }
}
