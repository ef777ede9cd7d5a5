import Crypto
import MeshHost
import ModuleKit

/// What an instance is: the code that it runs, how it is set up, who may change it, what it was granted, and, for an end of a
/// pairing, where the other end is and which channel leads there.
///
/// Nothing of it changes in normal life, as balances do: whoever has looked at it once need only compare the fingerprint.
struct Inspection {
    let instance: HostInstance
    let code: CodeIdentity?
    let address: String
    let grants: [HostGrant]
    /// What the instance itself says of its settings, defaults included; null where its module tells none.
    let settings: JSONValue
    /// Of an end of a pairing.
    let link: PairingLink?
    private let chainID: String

    init(_ instance: HostInstance, _ chain: ChainView, grants: [HostGrant]) throws(CommandError) {
        self.instance = instance
        self.grants = grants.filter { $0.number == instance.number }.sorted { $0.privilege < $1.privilege }
        chainID = chain.host.chainID
        let version = try CommandError.wrapping { try Version(instance.version) }
        code = chain.host.registry.module(instance.module, version: version)?.identity
        let bytes = instance.address
        address = try CommandError.wrapping { chain.addresses.format(try Address(bytes: bytes), as: .account) }
        settings = chain.settings(of: instance.label)
        link = try PairingLink(instance, chain)
    }

    /// All that the fingerprint is over.
    private var object: JSONObject {
        var object = JSONObject()
        object["chain_id"] = .string(chainID)
        object["number"] = .whole(instance.number)
        object["label"] = .string(instance.label)
        object["address"] = .string(address)
        object["module"] = .string(instance.module)
        object["version"] = .string(instance.version)
        object["interface_hash"] = .optional(code?.interfaceHash.hexText)
        object["configuration"] = (try? JSONValue(parsing: instance.configuration)) ?? .string(instance.configuration)
        object["settings"] = settings
        object["admin"] = instance.admin.isEmpty ? .null : .string(instance.admin)
        object["creator"] = instance.creator.isEmpty ? .null : .string(instance.creator)
        object["deployed_height"] = .whole(instance.deployedHeight)
        object["grants"] = .array(grants.map(\.document))
        object["peer"] = link?.peer ?? .null
        object["channels"] = link.map { .array($0.channels.map(PairingLink.document)) } ?? .null
        return object
    }

    /// SHA-256 over the compact JSON text of everything else, the members of every object in the order of their names' bytes.
    var fingerprint: String {
        Array(SHA256.hash(data: JSONValue.object(object).sortedByName().bytes())).hexText
    }

    /// The instance as programs read it.
    var document: JSONValue {
        var object = object
        object["fingerprint"] = .string(fingerprint)
        return .object(object)
    }

    /// `bank/burn, bank/mint up to 1,000`.
    var grantsText: String { grants.map(\.text).joined(separator: ", ") }

    var facts: Facts {
        var facts = Facts(
            ("instance", .init("\(instance.label) (number \(instance.number))", .bold)),
            ("address", .init(address)),
            (
                "code",
                code.map { .init($0.description) } ?? .init("\(instance.module) \(instance.version), not here", .red)
            ),
            ("interface", .init(code?.interfaceHash.hexText ?? "")),
            ("configuration", .init(instance.configuration)),
            ("admin", instance.admin.isEmpty ? .init("nobody, for good", .dim) : .init(instance.admin)),
            ("creator", instance.creator.isEmpty ? .init("genesis", .dim) : .init(instance.creator)),
            ("deployed at", .init("height \(instance.deployedHeight.grouped)")),
            ("grants", grants.isEmpty ? .init("none", .dim) : .init(grantsText))
        )
        if let link {
            facts.add("peer", link.peerCell)
            if link.channels.isEmpty { facts.add("channel", .init("none yet", .yellow)) }
            for channel in link.channels { facts.add("channel", PairingLink.cell(channel)) }
        }
        facts.add("fingerprint", .init(fingerprint))
        return facts
    }
}

extension HostGrant {
    /// The privilege, and how far it reaches: `bank/mint up to 1,000`.
    var text: String { cap.isEmpty ? privilege : "\(privilege) up to \(cap.groupingDigits)" }

    /// The grant as programs read it; a cap of null is no bound.
    var document: JSONValue { ["privilege": .string(privilege), "cap": cap.isEmpty ? .null : .string(cap)] }
}

extension ChainView {
    /// What an instance says of its settings; null where its module has no such question.
    fileprivate func settings(of label: String) -> JSONValue {
        guard let answer = try? host.query(label, json: #"{"settings":{}}"#),
            let field = try? JSONField(try JSONValue(parsing: answer))["settings"].required()
        else { return .null }
        return field
    }
}
