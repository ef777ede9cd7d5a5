public import ModuleKit

/// How the instances of a pairing are configured.
extension PairingSpecification {
    /// The configuration with which an instance is deployed.
    ///
    /// - Parameters:
    ///   - remote: the other end of the channel, where it is known: when the Converter is deployed, it is not.
    ///   - transfer: the near end of the channel for tokens; without it nothing is said of how rewards go.
    public func configuration(
        of role: PairingRole,
        remote: Endpoint? = nil,
        transfer: PairingTransferChannel.End? = nil
    ) -> JSONValue {
        switch role {
        case .priceFeed:
            [
                "kind": "fixed", "price": .string(price.description), "maximum_age": .string(priceAge.description),
            ]
        case .converter: .object(converterMembers(remote, transfer))
        case .virtualStaking: ["converter": .string(converter), "epoch": .number(JSONNumber(epochBlocks))]
        case .externalStaking: .object(externalStakingMembers(remote, transfer))
        }
    }

    private func converterMembers(_ remote: Endpoint?, _ transfer: PairingTransferChannel.End?) -> JSONObject {
        var members = JSONObject()
        members["price_feed"] = .string(priceFeed)
        members["virtual_staking"] = .string(virtualStaking)
        members["remote_denom"] = .string(collateralDenom)
        members["discount"] = .string(discount.description)
        addCommonMembers(to: &members, remote)
        if var rewards = rewardsMembers(transfer) {
            rewards["denom"] = .string(rewardsDenom)
            members["rewards"] = .object(rewards)
        }
        return members
    }

    private func externalStakingMembers(_ remote: Endpoint?, _ transfer: PairingTransferChannel.End?) -> JSONObject {
        let ratio = JSONValue.string(slashRatio.description)
        var members = JSONObject()
        members["vault"] = .string(vault)
        members["rewards_denom"] = .string(rewardsDenom)
        members["unbonding_period"] = .string(unbondingPeriod.description)
        members["slash_ratio"] = ["double_sign": ratio, "offline": ratio]
        if let clockDrift { members["clock_drift"] = .string(clockDrift.description) }
        if !bounty.isZero { members["bounty"] = .string(bounty.description) }
        addCommonMembers(to: &members, remote)
        if let rewards = rewardsMembers(transfer) { members["rewards"] = .object(rewards) }
        return members
    }

    /// What both ends of the channel are told.
    private func addCommonMembers(to members: inout JSONObject, _ remote: Endpoint?) {
        if let remote { members["remote_endpoint"] = remote.json }
        members["packet_timeout"] = .string(packetTimeout.description)
        members["versions"] = ["minimum": .string(version), "maximum": .string(version)]
    }

    /// How rewards go, as both ends are told; nil where they wait. Held ones also need the channel: they follow it once the
    /// pairing is over.
    private func rewardsMembers(_ transfer: PairingTransferChannel.End?) -> JSONObject? {
        guard let rewardsRoute, let transfer else { return nil }
        var members = JSONObject()
        members["route"] = .string(rewardsRoute.rawValue)
        members["transfer"] = .string(transfer.instance)
        members["channel"] = .string(transfer.channel)
        members["timeout"] = .string(rewardsTimeout.description)
        return members
    }

    /// Where an end of the channel is: its chain's connection to it, and its port.
    public struct Endpoint: Sendable, Hashable {
        /// The connection, as the chain that looks for it names it.
        public let connection: String
        /// The port on the other chain.
        public let port: String

        /// Describes where an end is.
        public init(connection: String, port: String) {
            self.connection = connection
            self.port = port
        }

        fileprivate var json: JSONValue { ["connection": .string(connection), "port": .string(port)] }
    }
}
