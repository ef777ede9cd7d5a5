import GovernanceEvents
import IBC
import MeshHost
import MeshSandbox
import ModuleKit

/// The commands of a plan.
extension PairingPlan {
    /// Who does a step.
    func actor(of step: PairingStep) throws(CommandError) -> String {
        if try isGoverned(step) { return "governance" }
        switch step {
        case .connect, .openChannel: return "a relayer"
        case .authorise, .recommend: return "the authority"
        default: return "the deployer"
        }
    }

    /// The commands that do a step; none for what only a relayer can do.
    func commands(of step: PairingStep) throws(CommandError) -> [String] {
        switch step {
        case .connect: return []
        case .deploy(let side, let roles):
            return try roles.map { (role) throws(CommandError) in
                try command(
                    [
                        "deploy", role.module, specification.label(of: role), "--settings",
                        try configuration(of: role, isIntroduced: side == .provider), "--admin", terms.deployer,
                    ],
                    from: terms.deployer,
                    side
                )
            }
        case .introduce(let side):
            let role: PairingRole = side == .consumer ? .converter : .externalStaking
            let (label, settings) = (specification.label(of: role), try configuration(of: role, isIntroduced: true))
            guard try !isGoverned(step) else {
                return try proposal(["reconfigure", label, "--configuration", settings], side)
            }
            return [
                try command(
                    ["reconfigure", label, settings],
                    from: try admin(of: role) ?? terms.deployer,
                    side
                )
            ]
        case .openChannel: return [try opening()]
        case .handOver(let side, let roles):
            return try roles.map { (role) throws(CommandError) in
                let label = specification.label(of: role)
                let request =
                    specification.handover == .nobody
                    ? ["clear-admin", label] : ["set-admin", label, try authority(of: side)]
                return try command(request, from: try admin(of: role) ?? terms.deployer, side)
            }
        case .recommend:
            guard try !isGoverned(step) else {
                return try proposal(["recommend", specification.externalStaking], .provider)
            }
            return [try recommendation()]
        case .authorise:
            let cap = terms.cap == nil ? "CAP" : specification.cap?.description ?? "CAP"
            guard try !isGoverned(step) else {
                return try proposal(["authorise", specification.virtualStaking, "--cap", cap], .consumer)
            }
            return [
                try command(
                    ["grant", specification.virtualStaking, PairingSpecification.mintPrivilege, "--cap", cap],
                    from: try named(try authority(of: .consumer), .consumer),
                    .consumer
                )
            ]
        }
    }

    private func recommendation() throws(CommandError) -> String {
        let host = try side(.provider).chain.host
        let list = try CommandError.wrapping { try host.recommendedList } ?? "RECOMMENDED_LIST"
        let authority = try named(try authority(of: .provider), .provider)
        return try command(["message", list, specification.recommendation.text()], from: authority, .provider)
    }

    private func opening() throws(CommandError) -> String {
        let message: JSONValue = [
            "channel_open_init": [
                "port_id": .string(try port(of: .converter)),
                "connection_id": .string(connection?.consumer.text ?? "CONNECTION_OF_CONSUMER"),
                "ordering": "ORDER_UNORDERED",
                "counterparty_port_id": .string(try port(of: .externalStaking)),
            ]
        ]
        let label = try side(.consumer).chain.label(ofModule: "interchain")
        return try command(["message", label, message.text()], from: "ANYONE", .consumer)
    }

    /// The configuration of an instance, with a word in capitals for what was not named.
    private func configuration(of role: PairingRole, isIntroduced: Bool) throws(CommandError) -> String {
        var remote: PairingSpecification.Endpoint?
        if isIntroduced {
            let near = role.side
            remote = PairingSpecification.Endpoint(
                connection: connection?[near].text ?? "CONNECTION_OF_\(near.rawValue.uppercased())",
                port: try port(of: role == .converter ? .externalStaking : .converter)
            )
        }
        let transfer =
            connection?.transfer?[role.side]
            ?? .init(instance: "transfer", channel: "CHANNEL_OF_\(role.side.rawValue.uppercased())")
        let known = specification.configuration(of: role, remote: remote, transfer: transfer)
        guard case .object(var members) = known else { return known.text() }
        if role == .priceFeed, terms.price == nil { members["price"] = "PRICE" }
        if role == .externalStaking, terms.slashRatio == nil {
            members["slash_ratio"] = ["double_sign": "SLASH_RATIO", "offline": "SLASH_RATIO"]
        }
        return JSONValue.object(members).text()
    }

    /// The port of an end, or what stands for it until it is deployed.
    private func port(of role: PairingRole) throws(CommandError) -> String {
        let (label, chain) = (specification.label(of: role), try side(role.side).chain)
        guard let instance = chain.instances.first(where: { $0.label == label }) else {
            return "PORT_OF_\(label)"
        }
        return try CommandError.wrapping {
            "mesh.\(chain.addresses.format(try Address(bytes: instance.address), as: .account))"
        }
    }

    private func authority(of side: PairingSide) throws(CommandError) -> String {
        try self.side(side).chain.authority()
    }

    /// The admin of an instance as a command line names him; nil where it is not deployed.
    private func admin(of role: PairingRole) throws(CommandError) -> String? {
        let label = specification.label(of: role)
        guard let instance = try side(role.side).chain.instances.first(where: { $0.label == label }) else { return nil }
        return instance.admin.isEmpty ? nil : try named(instance.admin, role.side)
    }

    /// The name of an account's key in the home, or its address.
    private func named(_ address: String, _ side: PairingSide) throws(CommandError) -> String {
        let found = try self.side(side)
        for key in try KeyStore(found.home).all()
        where found.chain.addresses.format(try key.address(), as: .account) == address {
            return key.name
        }
        return address.isEmpty ? "AUTHORITY" : address
    }

    private func command(_ request: [String], from account: String, _ side: PairingSide) throws(CommandError) -> String
    {
        try line(["tx"] + request, from: account, side)
    }

    private func line(_ request: [String], from account: String, _ side: PairingSide) throws(CommandError) -> String {
        let words = ["meshd"] + request + ["--from", account, "--home", try self.side(side).home.path]
        return words.map(\.quotedForShell).joined(separator: " ")
    }
}

/// What governance decides on, where it is the chain's authority.
extension PairingPlan {
    /// Whether a step takes a proposal: one of the authority's, or with an instance that was passed to it already.
    private func isGoverned(_ step: PairingStep) throws(CommandError) -> Bool {
        guard let side = step.side else { return false }
        let chain = try self.side(side).chain
        guard try chain.governingInstance() != nil else { return false }
        switch step {
        case .authorise, .recommend: return true
        case .introduce:
            let label = specification.label(of: side == .consumer ? .converter : .externalStaking)
            let authority = try chain.authority()
            return chain.instances.contains { $0.label == label && $0.admin == authority }
        case .connect, .deploy, .openChannel, .handOver: return false
        }
    }

    /// The commands that bring a proposal to its end: it is submitted with all of its deposit, and voted on.
    private func proposal(_ request: [String], _ side: PairingSide) throws(CommandError) -> [String] {
        let minimum = try self.side(side).chain.governance { $0.parameters = .init() }.parameters.minDeposit
        let deposit = ["--deposit", "\(minimum.amount)\(minimum.denom)"]
        return [
            try line(["gov", "submit"] + request + deposit, from: "PROPOSER", side),
            try line(["gov", "vote", "PROPOSAL", "yes"], from: "VOTER", side),
        ]
    }
}

extension String {
    /// The text as one word of a shell's command line.
    fileprivate var quotedForShell: String {
        let plain = utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_./:,=+@".utf8.contains(byte)
        }
        return plain && !isEmpty ? self : "'" + replacing("'", with: #"'\''"#) + "'"
    }
}
