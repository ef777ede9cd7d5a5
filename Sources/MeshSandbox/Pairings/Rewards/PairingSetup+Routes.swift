import ModuleKit

/// Changing the way of rewards, once a pairing is set up.
extension PairingSetup {
    /// What a chain's authority says to have rewards go another way.
    ///
    /// Nothing is lost in between, whichever chain says it first. Where the provider does, nothing is sent twice.
    ///
    /// - Parameter side: whose end is told.
    /// - Throws: `wrongName` for a chain that is not there, or an end that is not deployed; `chainDown`; `notSettled` before
    ///   the path for tokens is open.
    public func rerouting(to route: RewardRoute, on side: PairingSide, in network: Network) throws(SandboxError)
        -> SandboxMessage
    {
        let other = try network.chain(side == .provider ? specification.consumer : specification.provider)
        guard let ends = transferEnds(in: network), let connection = try tokenConnection(ends, in: network),
            let transfer = connection.transfer
        else {
            throw SandboxError(
                .notSettled,
                "the path for tokens of '\(specification.name)' is not open: set the pairing up first"
            )
        }
        var changed = specification
        changed.rewardsRoute = route
        return try PairingSetup(changed).introduction(
            of: side == .provider ? .externalStaking : .converter,
            to: try endpoint(beyond: connection, facing: other),
            transfer[side]
        )
    }
}
