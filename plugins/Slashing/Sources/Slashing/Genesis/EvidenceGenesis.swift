internal import Foundation
import ModuleKit
import SlashingEvents

/// The section `evidence` of a Cosmos chain: the double signs that were punished.
enum EvidenceGenesis {
    private static let path = "app_state.evidence"
    private static let equivocationType = "/cosmos.evidence.v1beta1.Equivocation"

    /// The double signs of a section, in its order.
    static func read(_ section: JSONField, _ prefixes: AddressPrefixes, _ report: inout GenesisReport)
        throws(ModuleError) -> [(field: JSONField, equivocation: SlashingEquivocation)]
    {
        try section.noteMembers(beyond: ["params", "evidence"], in: path, &report)
        guard let list = section["evidence"].optional else { return [] }
        var found: [(JSONField, SlashingEquivocation)] = []
        // Only asked, never iterated.
        var places: Set<Pair<Address, UInt64>> = []
        for field in try list.array() {
            guard case .string(equivocationType) = field["@type"].value else {
                report.skip("\(path).evidence[]", "it is of no kind that is known here", example: field.path)
                continue
            }
            let known = ["@type", "height", "time", "power", "consensus_address"]
            try field.noteMembers(beyond: known, in: "\(path).evidence[]", &report)
            let address = try field["consensus_address"].address(prefixes, as: .consensus)
            let equivocation: SlashingEquivocation = try .filled { (equivocation) throws(ModuleError) in
                equivocation.consensusAddress = Data(address.bytes)
                equivocation.height = try field["height"].integer()
                equivocation.timeNanoseconds = try field["time"].timestamp().nanoseconds
                equivocation.power = try field["power"].integer()
            }
            guard places.insert(Pair(address, equivocation.height)).inserted else {
                throw field.invalid("this double sign stands here twice; remove one")
            }
            found.append((field, equivocation))
        }
        return found
    }

    /// A double sign, as SDK 0.50 writes it.
    static func write(_ equivocation: SlashingEquivocation, of address: String) -> JSONValue {
        [
            "@type": .string(equivocationType),
            "height": .string(String(equivocation.height)),
            "time": .string(Timestamp(nanoseconds: equivocation.timeNanoseconds).description),
            "power": .string(String(equivocation.power)),
            "consensus_address": .string(address),
        ]
    }
}
