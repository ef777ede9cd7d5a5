import MeshHost
import ModuleKit

extension KeyRecord {
    /// What may be told of a key to anyone.
    func report(_ addresses: AddressPrefixes) throws(CommandError) -> Report {
        let account = addresses.format(try address(), as: .account)
        let validator = addresses.format(try address(), as: .validatorOperator)
        var object = JSONObject()
        object["name"] = .string(name)
        object["kind"] = .string(kind)
        object["address"] = .string(account)
        object["validator_operator"] = .string(validator)
        object["can_sign"] = .bool(canSign)
        var facts = Facts(
            ("name", .init(name, .bold)),
            ("kind", .init(kind)),
            ("address", .init(account)),
            ("validator operator", .init(validator))
        )
        switch material {
        case .ed25519(let publicKey, _):
            object["public_key"] = .string(publicKey.hexText)
            facts.add("public key", .init(publicKey.hexText))
            facts.add("secret", canSign ? "here" : .init("not here", .dim))
        case .multisig(let threshold, let publicKeys):
            object["threshold"] = .whole(threshold)
            object["public_keys"] = .array(publicKeys.map { .string($0.hexText) })
            facts.add("signatures", .init("\(threshold) of \(publicKeys.count)"))
            for (index, key) in publicKeys.enumerated() { facts.add("key \(index)", .init(key.hexText)) }
        }
        return Report(.object(object)) { facts.text($0) }
    }
}

extension [KeyRecord] {
    /// The keys of a home, one a row.
    func report(_ addresses: AddressPrefixes) throws(CommandError) -> Report {
        var table = Table(.init("name"), .init("kind"), .init("address"), .init("secret"))
        var documents: [JSONValue] = []
        for record in self {
            let address = addresses.format(try record.address(), as: .account)
            table.add(.init(record.name, .bold), .init(record.kind), .init(address), record.canSign ? "here" : "")
            documents.append(try record.report(addresses).json)
        }
        let rows = table
        return Report(["keys": .array(documents)]) { style in
            rows.rows.isEmpty ? "no keys yet: make one with `meshd keys add NAME`\n" : rows.text(style)
        }
    }
}
