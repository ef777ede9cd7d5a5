import CometBFT

/// Where tokens that left a chain through an end of a channel wait for their return (ICS-20).
public enum EscrowAccount {
    /// The address: the first 20 bytes of `SHA-256("ics20-1" ‖ 0 ‖ "port/channel")`. Nobody has a key of it.
    ///
    /// Source: ibc-go, `GetEscrowAddress`.
    public static func address(of end: ChannelEndID) -> [UInt8] {
        let preimage = Array(FungibleTokenPacketData.version.utf8) + [0] + Array(end.description.utf8)
        return Array(Hash32(hashing: preimage).bytes.prefix(20))
    }
}
