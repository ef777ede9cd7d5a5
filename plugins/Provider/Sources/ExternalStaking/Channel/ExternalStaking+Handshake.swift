import ControlChannel
public import ExternalStakingEvents
import Foundation
import IBC
public import InterchainEvents
public import ModuleKit
import VaultEvents

/// How the pairing gets its channel: one for good, begun by the converter that the settings name.
extension ExternalStaking: ChannelApplication {
    /// Refuses: the converter begins.
    public func channelOpenInit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        throw Self.wrongSide
    }

    /// Answers a handshake of the converter. Nothing is recorded: one that never gets further blocks nobody.
    ///
    /// - Throws: `orderedControlChannel`, `unauthorizedEndpoint`, `alreadyPaired`, `unknownVault`; codespace `control`
    ///   for a version that is not spoken.
    public func channelOpenTry(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        let settings = try requireWanted(opening, context)
        _ = try vault(settings, context)
        return try settings.versions().answer(to: opening.version).json
    }

    /// Refuses: no handshake begins here.
    public func channelOpenAck(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        throw Self.wrongSide
    }

    /// Takes the channel, if there is none by now.
    ///
    /// - Throws: as for the answer.
    public func channelOpenConfirm(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        let settings = try requireWanted(opening, context)
        let vault = try vault(settings, context)
        let channel = try context.channel(opening.end)
        let version = try settings.versions().answer(to: channel.end.version)
        let client = try context.client(of: channel)
        try context.emit(
            .with {
                $0.channelOpened.pairing = .with {
                    $0.vault = vault.number
                    $0.denom = vault.denom
                    $0.connectionID = opening.connection.text
                    $0.channelID = opening.end.channel.text
                    $0.counterpartyPortID = opening.counterparty.port.text
                    $0.counterpartyChannelID = opening.counterparty.channel?.text ?? ""
                    $0.version = version.description
                    $0.clientID = client.clientID
                    $0.chainID = client.chainID
                    $0.openedAt = context.block.time.nanoseconds
                }
            }
        )
    }

    private static var wrongSide: ModuleError {
        ModuleError(
            .wrongHandshakeSide,
            "the handshake of a pairing begins at the converter, on the consumer: start it there"
        )
    }

    /// Checks that a channel is the one that the settings ask for, and that there was none before.
    private func requireWanted(_ opening: ChannelOpening, _ context: Context) throws(ModuleError)
        -> ExternalStakingSettings
    {
        let settings = try requireSettings(context)
        guard try !pairing.contains(context) else {
            throw ModuleError(
                .alreadyPaired,
                "the pairing has had its channel, and there is one for good: deploy another external staking for "
                    + "another"
            )
        }
        guard opening.ordering == .unordered else {
            throw ModuleError(
                .orderedControlChannel,
                "\(opening.end) keeps the order of its packets, and one that is late would hold up all others: open an "
                    + "unordered channel"
            )
        }
        guard settings.hasRemoteEndpoint, settings.remoteEndpoint.connectionID == opening.connection.text,
            settings.remoteEndpoint.portID == opening.counterparty.port.text
        else {
            throw ModuleError(
                .unauthorizedEndpoint,
                "\(opening.counterparty.port) over \(opening.connection) is not the other end that the settings name: "
                    + "open the channel from that one, or have the admin correct the settings"
            )
        }
        return settings
    }

    /// The vault of the settings, and its denomination.
    ///
    /// - Throws: `unknownVault`; `invalidExternalStakingSetting` when the vault forgets slashes before stake here has
    ///   unbonded.
    private func vault(_ settings: ExternalStakingSettings, _ context: Context) throws(ModuleError) -> (
        number: UInt32, denom: String
    ) {
        guard let instance = context.instance(named: settings.vault), instance.module == VaultEvent.moduleName else {
            throw ModuleError(
                .unknownVault,
                "\(settings.vault) is no vault of this chain: deploy it, or have the admin name another one"
            )
        }
        let vault = try context.ask(VaultQuery.with { $0.settings = .init() }, of: instance.number).settings
        guard vault.unbondingPeriod >= settings.unbondingPeriod else {
            throw ModuleError(
                .invalidExternalStakingSetting,
                "the vault looks back \(TimeSpan(nanoseconds: vault.unbondingPeriod)), and stake here "
                    + "unbonds for \(TimeSpan(nanoseconds: settings.unbondingPeriod)): choose an unbonding period that "
                    + "is not longer"
            )
        }
        return (instance.number, vault.denom)
    }
}

extension StateItem {
    fileprivate func contains(_ state: some StateReading) throws(ModuleError) -> Bool { try value(in: state) != nil }
}

extension ExternalStakingSettings {
    /// The versions of the control channel that are spoken.
    func versions() throws(ModuleError) -> ControlVersionRange {
        try ControlVersionRange(
            minimum: ControlVersion(try Version(minimumVersion)),
            maximum: ControlVersion(try Version(maximumVersion))
        )
    }
}
