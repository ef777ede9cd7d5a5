internal import ModuleKit

/// The host's part of a genesis document, written from its state.
///
/// Instances keep their numbers, so they keep their addresses as long as the chain keeps its identifier. Where an instance is
/// an admin or the authority, it stands there by its label, which holds on any chain.
extension HostModule {
    /// The section `host`, from which `HostGenesis` makes the same instances, grants, revoked ones included, and sequences.
    func exportedSection(_ state: StateReader) throws(ModuleError) -> JSONValue {
        let grants = try liveGrants(in: state)
        var listed: [JSONValue] = []
        var next = grants[...]
        try instances.forEach(in: state) { (number, instance) throws(ModuleError) in
            // Both are sorted by the instance's number.
            let held = next.prefix { $0.number == number }
            next = next.dropFirst(held.count)
            var revoked: [JSONValue] = []
            try revokedGrants.forEach(startingWith: number, in: state) { (key, _) throws(ModuleError) in
                revoked.append(.string(key.second))
                return true
            }
            listed.append(
                [
                    "module": .string(instance.module),
                    "label": .string(instance.label),
                    "configuration": try JSONValue(parsing: instance.configuration),
                    "admin": .string(try exportedParty(instance.admin, state)),
                    "grants": .array(held.map { Self.exported($0.privilege, cap: $0.cap) }),
                    "revoked": .array(revoked),
                ]
            )
            return true
        }
        var exportedSequences: [JSONValue] = []
        let prefix = try chain.value(in: state)?.addressPrefix ?? ""
        try sequences.forEach(in: state) { (account, sequence) throws(ModuleError) in
            let text = try account.text(prefix: prefix)
            exportedSequences.append(["address": .string(text), "sequence": .string(String(sequence))])
            return true
        }
        return [
            "authority": .string(try exportedParty(try authorityText(in: state), state)),
            "total_caps": .array(try allTotalCaps(in: state).map { Self.exported($0.privilege, cap: $0.cap) }),
            "instances": .array(listed),
            "sequences": .array(exportedSequences),
        ]
    }

    private static func exported(_ privilege: String, cap: String) -> JSONValue {
        cap.isEmpty ? .string(privilege) : ["privilege": .string(privilege), "cap": .string(cap)]
    }

    /// The label of the instance with an address, or the address itself; empty for nobody.
    private func exportedParty(_ text: String, _ state: StateReader) throws(ModuleError) -> String {
        guard !text.isEmpty, let number = try addresses.value(for: try Address(bech32: text), in: state) else {
            return text
        }
        return try record(number, in: state).label
    }
}
