import IBC
import MeshHost
import ModuleKit

/// The messages of a setup, in its order.
extension PairingSetup {
    /// Consumer: the Price feed, and the Converter and Virtual Staking, which name each other.
    func deployment(on consumer: SandboxChain) throws(SandboxError) -> PairingStage {
        let authority = try consumer.address(of: ChainSpecification.authority)
        let feed: JSONValue = [
            "kind": "fixed", "price": .string(specification.price.description),
            "maximum_age": .string(specification.priceAge.description), "authority": .string(authority),
        ]
        let messages = [
            try deploy("price-feed", specification.priceFeed, feed, on: consumer),
            try deploy("converter", specification.converter, try converter(on: consumer), on: consumer),
            try deploy(
                "virtual-staking",
                specification.virtualStaking,
                [
                    "converter": .string(specification.converter),
                    "epoch": .number(JSONNumber(specification.epochBlocks)),
                ],
                on: consumer
            ),
        ]
        return stage(messages, on: consumer, "deploys Price feed, Converter and Virtual Staking")
    }

    /// Provider: External Staking, with the connection and the port of the Converter.
    func deployment(on provider: SandboxChain, remote port: PortID, _ end: RelayPath.End)
        throws(SandboxError) -> PairingStage
    {
        let ratio = specification.slashRatio.description
        let configuration: JSONValue = [
            "vault": .string(ChainSpecification.vault),
            "rewards_denom": .string(specification.rewardsDenom),
            "unbonding_period": .string(specification.unbondingPeriod.description),
            "slash_ratio": ["double_sign": .string(ratio), "offline": .string(ratio)],
            "remote_endpoint": endpoint(port, end),
            "packet_timeout": .string(specification.packetTimeout.description),
            "versions": versions,
            "authority": .string(try provider.address(of: ChainSpecification.authority)),
        ]
        let message = try deploy("external-staking", specification.externalStaking, configuration, on: provider)
        return stage([message], on: provider, "deploys External Staking for the Converter")
    }

    /// Consumer: the Converter learns the connection and the port of External Staking.
    func introduction(on consumer: SandboxChain, remote port: PortID, _ end: RelayPath.End)
        throws(SandboxError) -> PairingStage
    {
        var settings = JSONObject()
        if case .object(let known) = try converter(on: consumer) { settings = known }
        settings["remote_endpoint"] = endpoint(port, end)
        let message = try SandboxMessage(
            HostMessage.with {
                $0.reconfigure.instance = specification.converter
                $0.reconfigure.configuration = JSONValue.object(settings).text()
            },
            to: "host"
        )
        return stage([message], on: consumer, "tells the Converter where External Staking is")
    }

    /// Both sides: the deployer gives up its power over every instance; nil when it has none left.
    func handover(on chain: SandboxChain) throws(SandboxError) -> PairingStage? {
        let host = try chain.host()
        let labels =
            chain.chainID == specification.consumer
            ? [specification.priceFeed, specification.converter, specification.virtualStaking]
            : [specification.externalStaking]
        var messages: [SandboxMessage] = []
        for label in labels {
            let instance = try SandboxError.asking("the admin of '\(label)'") { () throws(ModuleError) in
                try host.query(HostQuery.with { $0.instance.instance = label }, of: "host").instance
            }
            guard !instance.admin.isEmpty else { continue }
            messages.append(try SandboxMessage(HostMessage.with { $0.clearAdmin_p.instance = label }, to: "host"))
        }
        return messages.isEmpty ? nil : stage(messages, on: chain, "gives up its power over the pairing")
    }

    /// Consumer: governance lets Virtual Staking mint up to the cap; nil where it has, or is not to.
    func authorisation(on consumer: SandboxChain) throws(SandboxError) -> PairingStage? {
        guard let cap = specification.cap else { return nil }
        let host = try consumer.host()
        let number = try SandboxError.asking("the grants of '\(consumer.chainID)'") { () throws(ModuleError) in
            try host.machine.instance(called: specification.virtualStaking).identity.number
        }
        let grants = try consumer.query(HostQuery.with { $0.grants = .init() }, of: "host").grants.grants
        guard !grants.contains(where: { $0.number == number }) else { return nil }
        return stage(
            [try specification.authorising(cap)],
            on: consumer,
            as: ChainSpecification.authority,
            "lets Virtual Staking mint up to \(cap)"
        )
    }

    private func stage(
        _ messages: [SandboxMessage],
        on chain: SandboxChain,
        as account: String = PairingSpecification.deployer,
        _ purpose: String
    ) -> PairingStage {
        .transaction(chainID: chain.chainID, account: account, messages, purpose: purpose)
    }

    private func deploy(_ module: String, _ label: String, _ configuration: JSONValue, on chain: SandboxChain)
        throws(SandboxError) -> SandboxMessage
    {
        let admin = try chain.address(of: PairingSpecification.deployer)
        return try SandboxMessage(
            HostMessage.with {
                $0.deploy.module = module
                $0.deploy.label = label
                $0.deploy.configuration = configuration.text()
                $0.deploy.admin = admin
            },
            to: "host"
        )
    }

    private func converter(on consumer: SandboxChain) throws(SandboxError) -> JSONValue {
        [
            "price_feed": .string(specification.priceFeed),
            "virtual_staking": .string(specification.virtualStaking),
            "remote_denom": .string(specification.collateralDenom),
            "discount": .string(specification.discount.description),
            "packet_timeout": .string(specification.packetTimeout.description),
            "versions": versions,
            "authority": .string(try consumer.address(of: ChainSpecification.authority)),
        ]
    }

    private var versions: JSONValue {
        ["minimum": .string(specification.version), "maximum": .string(specification.version)]
    }

    private func endpoint(_ port: PortID, _ end: RelayPath.End) -> JSONValue {
        ["connection": .string(end.connection?.text ?? ""), "port": .string(port.text)]
    }
}

extension PairingSpecification {
    /// What governance says to let Virtual Staking mint up to a cap, also in place of another cap.
    func authorising(_ cap: Amount) throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.grant.instance = virtualStaking
                $0.grant.privilege = "virtual-staking/mint"
                $0.grant.cap = cap.description
            },
            to: "host"
        )
    }

    /// What governance says to take that right away.
    func revoking() throws(SandboxError) -> SandboxMessage {
        try SandboxMessage(
            HostMessage.with {
                $0.revoke.instance = virtualStaking
                $0.revoke.privilege = "virtual-staking/mint"
            },
            to: "host"
        )
    }
}
