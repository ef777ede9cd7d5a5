public import ModuleKit

/// What the provider says to the consumer.
public enum ProviderPacket: Hashable, Sendable {
    /// A delegator has staked on a validator.
    case stake(StakePacket)
    /// A delegator has taken stake from a validator.
    case unstake(UnstakePacket)
    /// Stake was slashed, or cut by the propagation of a slash.
    case burn(BurnPacket)
    /// Rewards that the consumer holds are to be paid to an account of its own.
    case transferRewards(TransferRewardsPacket)
}

extension ProviderPacket: ControlPacket {
    /// Reads a packet of the provider.
    public init(json bytes: [UInt8], version: ControlVersion) throws(ModuleError) {
        self = try PacketDocument.read(bytes, byteCountLimit: Self.maximumByteCount) {
            (kind, body) throws(ModuleError) -> ProviderPacket? in
            switch kind {
            case "stake": .stake(try StakePacket(body))
            case "unstake": .unstake(try UnstakePacket(body))
            case "burn": .burn(try BurnPacket(body, version))
            case "transfer_rewards": .transferRewards(try TransferRewardsPacket(body))
            default: nil
            }
        }
    }

    /// The bytes of the packet.
    public func json(version: ControlVersion) -> [UInt8] {
        let document: JSONValue =
            switch self {
            case .stake(let packet): ["stake": packet.json]
            case .unstake(let packet): ["unstake": packet.json]
            case .burn(let packet): ["burn": packet.json(version)]
            case .transferRewards(let packet): ["transfer_rewards": packet.json]
            }
        return document.bytes()
    }

    /// A day; an hour for rewards.
    public var standardLifetime: TimeSpan {
        switch self {
        case .stake, .unstake, .burn: .seconds(24 * 60 * 60)
        case .transferRewards: .seconds(60 * 60)
        }
    }
}
