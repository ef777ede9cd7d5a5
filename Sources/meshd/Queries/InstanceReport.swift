import Crypto
import MeshHost
import ModuleKit

/// What an instance is: the code that it runs, how it is set up, who may change it, and what it was granted.
struct InstanceReport {
    let instance: HostInstance
    let code: CodeIdentity?
    let address: String
    let grants: [HostGrant]

    init(_ instance: HostInstance, _ chain: ChainView, grants: [HostGrant]) throws(CommandError) {
        self.instance = instance
        self.grants = grants.filter { $0.number == instance.number }.sorted { $0.privilege < $1.privilege }
        let version = try CommandError.wrapping { try Version(instance.version) }
        code = chain.host.registry.module(instance.module, version: version)?.identity
        let bytes = instance.address
        address = try CommandError.wrapping { chain.addresses.format(try Address(bytes: bytes), as: .account) }
    }

    /// All that is told of the instance, but for the fingerprint over it.
    private var object: JSONObject {
        var object = JSONObject()
        object["number"] = .whole(instance.number)
        object["label"] = .string(instance.label)
        object["address"] = .string(address)
        object["module"] = .string(instance.module)
        object["version"] = .string(instance.version)
        object["interface_hash"] = .optional(code?.interfaceHash.hexText)
        object["configuration"] = (try? JSONValue(parsing: instance.configuration)) ?? .string(instance.configuration)
        object["admin"] = instance.admin.isEmpty ? .null : .string(instance.admin)
        object["creator"] = instance.creator.isEmpty ? .null : .string(instance.creator)
        object["deployed_height"] = .whole(instance.deployedHeight)
        object["grants"] = .array(grants.map(\.document))
        return object
    }

    /// SHA-256 over the compact JSON text of everything else, so that one line tells whether anything changed.
    var fingerprint: String {
        Array(SHA256.hash(data: JSONValue.object(object).bytes())).hexText
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
        Facts(
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
            ("grants", grants.isEmpty ? .init("none", .dim) : .init(grantsText)),
            ("fingerprint", .init(fingerprint))
        )
    }
}

extension HostGrant {
    /// The privilege, and how far it reaches: `bank/mint up to 1,000`.
    var text: String { cap.isEmpty ? privilege : "\(privilege) up to \(cap.groupingDigits)" }

    /// The grant as programs read it; a cap of null is no bound.
    var document: JSONValue { ["privilege": .string(privilege), "cap": cap.isEmpty ? .null : .string(cap)] }
}
