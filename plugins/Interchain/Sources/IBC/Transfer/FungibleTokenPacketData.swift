/// What a packet of ICS-20 says: who sends how much of which token to whom.
///
/// Well formed: an amount of 1 to 2^128 - 1, a sender and a receiver that are not blank, and bounded texts. Addresses
/// are of other chains and may be of any form.
public struct FungibleTokenPacketData: Hashable, Sendable {
    /// The version of channels that carry these packets.
    public static let version = "ics20-1"
    /// The longest sender, and the longest receiver, in bytes.
    public static let maximumPartyByteCount = 2048
    /// The longest memo, in bytes.
    public static let maximumMemoByteCount = 32_768

    /// The token, as the sending chain knows it.
    public let trace: DenominationTrace
    /// How much of it.
    public let amount: UInt128
    /// Who sends, on the sending chain. A claim of that chain.
    public let sender: String
    /// Who receives, on the receiving chain.
    public let receiver: String
    /// What else is to be said or done; often empty.
    public let memo: String

    /// Makes the data of a packet.
    ///
    /// - Throws: `invalidAmount` for 0, `invalidParty`, or `memoTooLong`.
    public init(
        trace: DenominationTrace,
        amount: UInt128,
        sender: String,
        receiver: String,
        memo: String = ""
    ) throws(IBCError) {
        guard amount > 0 else {
            throw IBCError(.invalidAmount, "the amount of a transfer is 1 or more, not 0")
        }
        try Self.check(sender, "sender")
        try Self.check(receiver, "receiver")
        guard memo.utf8.count <= Self.maximumMemoByteCount else {
            throw IBCError(
                .memoTooLong,
                "a memo has at most \(Self.maximumMemoByteCount) bytes, not \(memo.utf8.count); shorten it"
            )
        }
        self.trace = trace
        self.amount = amount
        self.sender = sender
        self.receiver = receiver
        self.memo = memo
    }

    private static func check(_ party: String, _ role: String) throws(IBCError) {
        guard !isBlank(party), party.utf8.count <= maximumPartyByteCount else {
            throw IBCError(
                .invalidParty,
                "a \(role) has 1 to \(maximumPartyByteCount) bytes and is not blank; \(quoted(party)) has "
                    + "\(party.utf8.count)"
            )
        }
    }
}
