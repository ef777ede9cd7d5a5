import ConverterEvents
import ExternalStakingEvents
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import PriceFeedEvents
import StakingEvents
import Storage
import VaultEvents
import VirtualStakingEvents

/// A report of a chain's own home.
extension EndReport {
    /// Looks at an end of a pairing, and at everything that it works with on its chain.
    ///
    /// - Parameter reference: an External Staking or a Converter, by label or address.
    /// - Throws: `badInput` when the instance is neither.
    init(of reference: String, _ chain: ChainView) throws(CommandError) {
        let instance = try chain.instance(reference)
        guard let link = try PairingLink(instance, chain) else {
            throw CommandError(
                .badInput,
                "\(instance.label) runs \(instance.module) and is no end of a pairing: name an External Staking or a "
                    + "Converter of `meshd query instances`"
            )
        }
        channels = link.channels.map { Channel($0) }
        self.chain = try Chain(chain)
        (connection, client) = (nil, nil)
        if !link.remote.connection.isEmpty {
            let found = try chain.connection(named: link.remote.connection)
            connection = found
            client = try found.map { (connection) throws(CommandError) in
                Client(try chain.client(connection.client))
            }
        }
        if instance.module == PairingRole.externalStaking.module {
            side = .provider
            let settings = try chain.externalStaking(instance.label) { $0.settings = .init() }.settings
            let vault = try chain.vault(settings.vault) { $0.settings = .init() }.settings
            end = End(instance.label, link, settings)
            end.collateralDenom = vault.denom
            rewards = try Rewards(settings, chain)
            provider = try CommandError.wrapping { try Provider(settings, vault) }
            consumer = nil
            instances = [try Instance(.externalStaking, instance.label, chain)]
        } else {
            side = .consumer
            let settings = try chain.converter(instance.label) { $0.settings = .init() }.settings
            end = End(instance.label, link, settings)
            rewards = try Rewards(settings, chain)
            provider = nil
            consumer = try Consumer(settings, chain)
            instances = [try Instance(.converter, instance.label, chain)]
            for (role, named) in [
                (PairingRole.virtualStaking, settings.virtualStaking), (.priceFeed, settings.priceFeed),
            ] {
                guard let found = chain.instance(ifAny: named) else { continue }
                instances.append(try Instance(role, found.label, chain))
            }
        }
    }
}

extension ChainView {
    /// The instance of a label or an address; nil where there is none.
    fileprivate func instance(ifAny reference: String) -> HostInstance? {
        reference.isEmpty ? nil : try? instance(reference)
    }

    /// A connection; nil where there is none of the name.
    fileprivate func connection(named id: String) throws(CommandError) -> EndReport.Connection? {
        guard let found = try connections().first(where: { $0.connectionID == id }) else { return nil }
        let end = try CommandError.readingStored("the connection \(id)") { try ConnectionEnd(protobuf: found.end) }
        return EndReport.Connection(
            id: id,
            isOpen: end.state == .open,
            client: end.client.text,
            farConnection: end.counterparty.connection?.text ?? "",
            farClient: end.counterparty.client.text
        )
    }
}

extension ChainView {
    /// The address of who decides on grants; empty where nobody does.
    func authority() throws(CommandError) -> String {
        let query = HostQuery.with { $0.authority = .init() }
        return try CommandError.wrapping { try host.query(query, of: HostModule.manifest.name).authority.address }
    }

    /// What the caps of all grants of a privilege may add up to; nil where nothing bounds them.
    fileprivate func totalCap(of privilege: String) throws(CommandError) -> Amount? {
        try CommandError.wrapping {
            let answer = try JSONValue(parsing: try host.query(HostModule.manifest.name, json: #"{"grants":{}}"#))
            for entry in try JSONField(answer)["grants"]["total_caps"].optional?.array() ?? []
            where try entry["privilege"].string() == privilege {
                return try entry["cap"].amount()
            }
            return nil
        }
    }
}

extension EndReport.Chain {
    fileprivate init(_ chain: ChainView) throws(CommandError) {
        let parameters = try chain.staking { $0.parameters = .init() }.parameters
        chainID = chain.host.chainID
        height = chain.host.lastHeader.height
        time = chain.lastBlockTime
        unbondingTime = TimeSpan(nanoseconds: parameters.unbondingTimeNanoseconds)
        bondDenom = parameters.bondDenom
        authority = try chain.authority()
    }
}

extension EndReport.Instance {
    fileprivate init(_ role: PairingRole, _ label: String, _ chain: ChainView) throws(CommandError) {
        let inspection = try chain.inspection(of: label)
        self.role = role.rawValue
        self.label = label
        module = inspection.instance.module
        version = inspection.instance.version
        interfaceHash = inspection.code?.interfaceHash.hexText ?? ""
        admin = inspection.instance.admin
        fingerprint = inspection.fingerprint
    }
}

extension EndReport.Client {
    fileprivate init(_ client: InterchainClient) {
        id = client.clientID
        chainID = client.chainID
        status = client.status
        trustingPeriod = .seconds(UInt32(clamping: client.trustingPeriodSeconds))
        unbondingPeriod = .seconds(UInt32(clamping: client.unbondingPeriodSeconds))
    }
}

extension EndReport.Channel {
    init(_ row: ChannelRow) {
        id = row.channel.channelID
        state = row.end.state.name
        ordering = row.end.ordering.name
        version = row.end.version
        connection = row.end.connection.text
        farPort = row.end.counterparty.port.text
        farChannel = row.end.counterparty.channel?.text ?? ""
    }
}

extension EndReport.End {
    fileprivate init(_ label: String, _ link: PairingLink, _ settings: ExternalStakingSettings) {
        self.label = label
        port = link.port
        (remoteConnection, remotePort) = link.remote
        (minimumVersion, maximumVersion) = (settings.minimumVersion, settings.maximumVersion)
        collateralDenom = ""
    }

    fileprivate init(_ label: String, _ link: PairingLink, _ settings: ConverterSettings) {
        self.label = label
        port = link.port
        (remoteConnection, remotePort) = link.remote
        (minimumVersion, maximumVersion) = (settings.minimumVersion, settings.maximumVersion)
        collateralDenom = settings.remoteDenom
    }
}

extension EndReport.Provider {
    fileprivate init(_ settings: ExternalStakingSettings, _ vault: VaultSettings) throws(ModuleError) {
        vaultDenom = vault.denom
        vaultPeriod = TimeSpan(nanoseconds: vault.unbondingPeriod)
        unbondingPeriod = TimeSpan(nanoseconds: settings.unbondingPeriod)
        doubleSignRatio = try Decimal18(settings.slashRatio.doubleSign)
        offlineRatio = try Decimal18(settings.slashRatio.offline)
        rewardsDenom = settings.rewardsDenom
    }
}

extension EndReport.Consumer {
    fileprivate init(_ settings: ConverterSettings, _ chain: ChainView) throws(CommandError) {
        self.init(
            pairedConverter: "",
            cap: nil,
            totalCap: try chain.totalCap(of: PairingSpecification.mintPrivilege),
            price: .zero,
            priceTime: nil,
            isPriceFresh: false
        )
        if let staking = chain.instance(ifAny: settings.virtualStaking),
            staking.module == PairingRole.virtualStaking.module
        {
            let query = VirtualStakingQuery.with { $0.settings = .init() }
            let named = try CommandError.wrapping { try chain.host.query(query, of: staking.label) }.settings.converter
            pairedConverter = chain.instance(ifAny: named)?.label ?? ""
            let grant = try chain.grants().first {
                $0.number == staking.number && $0.privilege == PairingSpecification.mintPrivilege
            }
            if let grant, !grant.cap.isEmpty { cap = try CommandError.wrapping { try Amount(grant.cap) } }
        }
        guard let feed = chain.instance(ifAny: settings.priceFeed), feed.module == PairingRole.priceFeed.module else {
            return
        }
        let query = PriceFeedQuery.with { $0.price.timeNanoseconds = chain.lastBlockTime.nanoseconds }
        let found = try CommandError.wrapping { try chain.host.query(query, of: feed.label) }.price
        price = try CommandError.wrapping { found.price.isEmpty ? .zero : try Decimal18(found.price) }
        priceTime = found.timeNanoseconds == 0 ? nil : Timestamp(nanoseconds: found.timeNanoseconds)
        isPriceFresh = found.isFresh
    }
}
