import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit

extension ExternalStaking {
    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> ExternalStakingSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(
                .invalidState,
                "the instance has no settings yet: configure it with its vault and the rest"
            )
        }
        return settings
    }

    /// The pairing, whether its channel is still open or not.
    ///
    /// - Throws: `noControlChannel`.
    func requirePairing(_ state: some StateReading) throws(ModuleError) -> ExternalStakingPairing {
        guard let pairing = try pairing.value(in: state) else {
            throw ModuleError(
                .noControlChannel,
                "the pairing has no channel yet: let a relayer open one, beginning at the converter"
            )
        }
        return pairing
    }

    /// The pairing, whose channel is open.
    ///
    /// - Throws: `noControlChannel`, `pairingClosed`.
    func requireOpenPairing(_ state: some StateReading) throws(ModuleError) -> ExternalStakingPairing {
        let pairing = try requirePairing(state)
        guard !pairing.isClosed else {
            throw ModuleError(
                .pairingClosed,
                "the channel is closed for good, and all stake unbonds: choose another external staking"
            )
        }
        return pairing
    }

    /// This end of the pairing's channel.
    func end(_ pairing: ExternalStakingPairing, _ state: some StateReading) throws(ModuleError) -> ChannelEndID {
        let port = try requireSettings(state).portID
        return try ModuleError.wrapping { () throws(IBCError) in
            ChannelEndID(port: try PortID(port), channel: try ChannelID(pairing.channelID))
        }
    }

    /// How long stake unbonds.
    func unbondingPeriod(_ state: some StateReading) throws(ModuleError) -> TimeSpan {
        TimeSpan(nanoseconds: try requireSettings(state).unbondingPeriod)
    }

    /// When stake is free that begins to unbond at a time.
    func release(of time: Timestamp, _ state: some StateReading) throws(ModuleError) -> Timestamp {
        time.saturatingAdding(try unbondingPeriod(state))
    }
}

extension ExternalStakingPairing {
    /// Whether the channel was closed.
    var isClosed: Bool { closedAt != 0 }

    /// The agreed version of the control channel.
    func controlVersion() throws(ModuleError) -> ControlVersion { ControlVersion(try Version(version)) }
}
