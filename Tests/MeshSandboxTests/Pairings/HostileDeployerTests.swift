import ConverterEvents
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Testing

/// Deployers who want more than their pairing: each is stopped by somebody who checks, and nobody has to trust them.
@Suite("A hostile deployer")
struct HostileDeployerTests {
    /// A setup in which both ends are deployed, and know each other, and the channel comes next.
    private static func beforeChannel() throws -> PairedChains {
        var name = ""
        return try PairedChains({ name = "\($0.name)/control" }) { stage in
            guard case .path(let path) = stage else { return false }
            return path.name == name
        }
    }

    /// The ends between which the channel would be opened.
    private static func ends(_ chains: PairedChains) throws -> RelayPath {
        guard case .path(let path) = try PairingSetup(chains.pairing).nextStage(in: chains.network) else {
            throw HostileDeployerError.noPath
        }
        return path
    }

    private static func code(_ body: () throws -> some Any) throws -> String {
        do {
            _ = try body()
            return ""
        } catch let error as SandboxError {
            guard let cause = error.cause as? ModuleError else { throw error }
            return "\(cause.code)"
        }
    }

    @Test("can't put a third instance in the place of either of a pair")
    func thirdInstance() throws {
        let chains = try Self.beforeChannel()
        let path = try Self.ends(chains)
        // One Virtual Staking more, and one Converter more, each of which names one of the pair.
        try chains.deploy("virtual-staking", "thief", ["converter": .string(chains.pairing.converter)])
        try chains.deploy("converter", "usurper", chains.converterConfiguration(facing: path.second))
        #expect(try Self.code { try chains.begin(try Self.opening(by: "usurper", path, chains)) } == "converter/9")
        // The pair stands: its channel opens, and it works.
        try chains.network.setUp(chains.pairing)
        try chains.network.settle()
        try chains.bond(5_000_000)
        try chains.crossStake(5_000_000)
        #expect(try chains.report().minted == 5_000_000)
        try chains.audit()
    }

    @Test("can't reach External Staking with a pair of his own, however complete")
    func otherPair() throws {
        let chains = try Self.beforeChannel()
        let path = try Self.ends(chains)
        try chains.deploy("virtual-staking", "thief", ["converter": "usurper"])
        try chains.deploy(
            "converter",
            "usurper",
            chains.converterConfiguration(facing: path.second, virtualStaking: "thief")
        )
        let port = try PortID(Self.opening(by: "usurper", path, chains).channelOpenInit.portID)
        let first = RelayPath.End(
            path.first.chainID,
            port: port,
            client: path.first.client,
            connection: path.first.connection
        )
        try chains.network.addRelayer("accomplice", paths: [RelayPath("usurper", from: first, to: path.second)])
        let codes = try chains.codes(inSteps: 12)
        #expect(codes.contains("external-staking/5"), "\(codes)")
        #expect(try chains.network.path("usurper").phase < .open)
        // A handshake that gets nowhere blocks nobody.
        try chains.network.addRelayer("honest", paths: [path])
        try chains.network.run(steps: 12)
        #expect(try chains.report().isOpenOnProvider)
    }

    /// Begins a channel at another converter than the pairing's.
    private static func opening(by label: String, _ path: RelayPath, _ chains: PairedChains) throws
        -> InterchainMessage
    {
        let chain = try chains.network.chain(chains.pairing.consumer)
        let port = try chain.query(ConverterQuery.with { $0.settings = .init() }, of: label).settings.portID
        var message = InterchainMessage.opening(from: path.first, to: path.second)
        message.channelOpenInit.portID = port
        return message
    }

    @Test("can't open the channel to another port, with an order, or in a version that is not agreed")
    func otherChannel() throws {
        let chains = try Self.beforeChannel()
        let path = try Self.ends(chains)
        let cases: [(message: InterchainMessage, code: String)] = [
            (.opening(from: path.first, to: path.second, port: "mesh.nobody"), "converter/5"),
            (.opening(from: path.first, to: path.second, ordering: .ordered), "converter/6"),
            (
                .opening(
                    from: path.first,
                    to: path.second,
                    version: #"{"protocol":"mesh-security","version":"9.0.0"}"#
                ), "control/3"
            ),
            (.opening(from: path.first, to: path.second, version: "ics20-1"), "control/1"),
        ]
        for (message, code) in cases { #expect(try Self.code { try chains.begin(message) } == code) }
        // External Staking does not begin at all.
        let backwards = try SandboxMessage(.opening(from: path.second, to: path.first), to: "interchain")
        #expect(
            try Self.code { try chains.network.execute([backwards], on: "provider-1", from: "anyone") }
                == "external-staking/4"
        )
    }

    @Test("gets no answer when the Converter was told of a port that is not External Staking's")
    func wrongPort() throws {
        let chains = try Self.beforeChannel()
        let path = try Self.ends(chains)
        let connection = path.first.connection?.text ?? ""
        try chains.reconfigure(["remote_endpoint": ["connection": .string(connection), "port": "transfer"]])
        let second = RelayPath.End(
            path.second.chainID,
            client: path.second.client,
            connection: path.second.connection
        )
        try chains.network.addRelayer("mistaken", paths: [RelayPath("mistaken", from: path.first, to: second)])
        // Whoever owns that port does not speak the control channel's versions.
        let codes = try chains.codes(inSteps: 12)
        #expect(!codes.isEmpty && codes.allSatisfy { $0.hasPrefix("transfer/") }, "\(codes)")
        #expect(try chains.network.path("mistaken").phase < .open)
        // Told of the right one, the pair gets its channel all the same.
        try chains.reconfigure(
            ["remote_endpoint": ["connection": .string(connection), "port": .string(path.second.port.text)]]
        )
        try chains.network.addRelayer("honest", paths: [path])
        try chains.network.run(steps: 12)
        #expect(try chains.report().isOpenOnProvider)
    }

    @Test("gets no second channel, not even between the very ends of the first")
    func secondChannel() throws {
        let chains = try PairedChains()
        let path = try chains.network.path(chains.pairing.controlPath)
        #expect(try Self.code { try chains.begin(.opening(from: path.first, to: path.second)) } == "converter/7")
    }

    @Test("can't swap the price feed, or anything else both chains looked at, once the channel is open")
    func swap() throws {
        var isOpen = false
        let chains = try PairedChains { _ in
        } until: { stage in
            defer { if case .path(let path) = stage, path.name == "main/control" { isOpen = true } }
            return isOpen
        }
        try chains.deploy(
            "price-feed",
            "dear",
            chains.pairing.configuration(of: .priceFeed)
        )
        let changes: [JSONValue] = [
            ["price_feed": "dear"], ["virtual_staking": "thief"], ["remote_denom": "uother"], ["discount": "0.5"],
            ["remote_endpoint": ["connection": "connection-0", "port": "mesh.other"]],
        ]
        for change in changes {
            #expect(try Self.code { try chains.reconfigure(change) } == "converter/3", "\(change)")
        }
    }

    @Test("can't have a pair open whose halves do not name each other")
    func otherPartner() throws {
        let chains = try Self.beforeChannel()
        let path = try Self.ends(chains)
        try chains.deploy("virtual-staking", "second", ["converter": .string(chains.pairing.converter)])
        try chains.deploy("virtual-staking", "stranger", ["converter": "elsewhere"])
        for name in ["stranger", "nobody", "bank"] {
            try chains.reconfigure(["virtual_staking": .string(name)])
            #expect(
                try Self.code { try chains.begin(.opening(from: path.first, to: path.second)) } == "converter/9",
                "\(name)"
            )
        }
        // Any half that names it back would do: it is the deployer's pair, and everybody can look at it.
        try chains.reconfigure(["virtual_staking": "second"])
        try chains.begin(.opening(from: path.first, to: path.second))
    }
}

private enum HostileDeployerError: Error {
    case noPath
}

extension PairedChains {
    /// The deployer's address on the consumer.
    fileprivate func deployer() throws -> String {
        try network.chain(pairing.consumer).address(of: PairingSpecification.deployer)
    }

    /// Deploys one more instance on the consumer.
    fileprivate func deploy(_ module: String, _ label: String, _ configuration: JSONValue) throws {
        let admin = try deployer()
        try tellHost(
            .with {
                $0.deploy.module = module
                $0.deploy.label = label
                $0.deploy.configuration = configuration.text()
                $0.deploy.admin = admin
            }
        )
    }

    /// Gives the Converter other settings.
    fileprivate func reconfigure(_ configuration: JSONValue) throws {
        try tellHost(
            .with {
                $0.reconfigure.instance = pairing.converter
                $0.reconfigure.configuration = configuration.text()
            }
        )
    }

    /// The codes of all transactions that fail in the next steps.
    fileprivate func codes(inSteps count: Int) throws -> [String] {
        var codes: [String] = []
        for _ in 0..<count {
            for block in try network.step().blocks {
                codes += block.transactions.compactMap { $0.error.map { "\($0.code)" } }
            }
        }
        return codes
    }

    /// How a Converter is set up that would take the place of the pairing's.
    fileprivate func converterConfiguration(facing end: RelayPath.End, virtualStaking: String? = nil) throws
        -> JSONValue
    {
        let connection = try #require(try network.path(pairing.transferPath).first.connection)
        var members = JSONObject()
        let remote = PairingSpecification.Endpoint(connection: connection.text, port: end.port.text)
        if case .object(let known) = pairing.configuration(of: .converter, remote: remote) {
            members = known
        }
        if let virtualStaking { members["virtual_staking"] = .string(virtualStaking) }
        return .object(members)
    }

    private func tellHost(_ message: HostMessage) throws {
        try network.execute(
            [try SandboxMessage(message, to: "host")],
            on: pairing.consumer,
            from: PairingSpecification.deployer
        )
    }

    /// Begins a channel on the consumer, as anyone may.
    @discardableResult
    fileprivate func begin(_ message: InterchainMessage) throws -> [StepReport] {
        try network.execute([try SandboxMessage(message, to: "interchain")], on: pairing.consumer, from: "anyone")
    }
}
