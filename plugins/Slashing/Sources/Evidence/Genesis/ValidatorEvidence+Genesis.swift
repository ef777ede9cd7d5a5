import EvidenceEvents
import Foundation
public import ModuleKit

extension ValidatorEvidence {
    /// A section of our own: Cosmos chains keep under `evidence` what they hold against their own validators.
    private static let section = "proofs"

    /// Writes what was proven, such that importing it gives the same state on a chain that has the same instances.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        var list: [JSONValue] = []
        try proofs.forEach(in: state) { (_, proof) throws(ModuleError) in
            list.append([
                "instance": .string(proof.instance),
                "client_id": .string(proof.clientID),
                "chain_id": .string(proof.chainID),
                "key": .string(proof.key.base64EncodedString()),
                "height": .string("\(proof.height)"),
                "time": .string("\(proof.time)"),
                "provable_until": .string("\(proof.provableUntil)"),
                "evidence_hash": .string(proof.evidenceHash.base64EncodedString()),
                "submitter": .string(proof.submitter),
            ])
            return true
        }
        return [(Self.section, ["duplicate_votes": .array(list)])]
    }

    /// Reads the section `proofs` of a genesis document.
    ///
    /// Proofs are carried over for the instances that the chain has, by their labels.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, always with the JSON path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let section = genesis.appState[Self.section]
        guard section.optional != nil else { return }
        report.claim(Self.section)
        for (name, member) in try section.members() {
            switch name {
            case "duplicate_votes": for field in try member.array() { try readProof(field, context, &report) }
            default:
                report.skip("app_state.\(Self.section).\(name)", "nothing here knows this member", example: member.path)
            }
        }
    }

    private func readProof(_ field: JSONField, _ context: Context, _ report: inout GenesisReport) throws(ModuleError) {
        let known = [
            "instance", "client_id", "chain_id", "key", "height", "time", "provable_until", "evidence_hash",
            "submitter",
        ]
        for (name, member) in try field.members() where !known.contains(name) {
            report.skip(
                "app_state.proofs.duplicate_votes[].\(name)",
                "nothing here knows this member",
                example: member.path
            )
        }
        let label = try field["instance"].string()
        guard let instance = context.instance(named: label), instance.label == label, instance.number > 0 else {
            report.skip("app_state.proofs.duplicate_votes[]", "there is no instance of this label", example: field.path)
            return
        }
        let proof = try proof(field, for: instance, context)
        guard try !proofs.contains(try ProofPlace(proof), in: context) else {
            throw field.invalid("this validator and height stand here twice for \(label); remove one")
        }
        try context.emit(.with { $0.proofImported = proof })
    }

    private func proof(_ field: JSONField, for instance: InstanceIdentity, _ context: Context) throws(ModuleError)
        -> EvidenceDuplicateVoteProven
    {
        let key = try field["key"].base64()
        var proof = EvidenceDuplicateVoteProven()
        proof.instanceNumber = instance.number
        proof.instance = instance.label
        proof.clientID = try field["client_id"].string()
        proof.chainID = try field["chain_id"].string()
        do throws(ModuleError) {
            proof.consensusAddress = Data(try Address(ed25519PublicKey: key).bytes)
        } catch {
            throw field["key"].invalid(error.message)
        }
        proof.key = Data(key)
        proof.height = try field["height"].integer()
        proof.time = try field["time"].integer()
        proof.provableUntil = try field["provable_until"].integer()
        proof.evidenceHash = Data(try field["evidence_hash"].base64())
        guard proof.evidenceHash.count == 32 else { throw field["evidence_hash"].invalid("a hash has 32 bytes") }
        let submitter = try field["submitter"].address(context.addresses, as: .account)
        proof.submitter = context.addresses.format(submitter, as: .account)
        guard proof.height > 0, proof.time <= proof.provableUntil else {
            throw field.invalid("a proof is of a height from 1 on, and is made after its infraction")
        }
        return proof
    }
}
