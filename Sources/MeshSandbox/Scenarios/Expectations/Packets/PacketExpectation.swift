/// `packet`: what became of a packet.
struct PacketExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "packet",
        "What became of the packet that a labelled step sent: under_way, received or declined (the sender does not know "
            + "yet), acknowledged, refused or timed_out (it does).",
        example: "- expect: { packet: gift, is: acknowledged }"
    )
    static let allowed = ["packet", "is"]

    private let label: String
    private let fate: String

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        label = try reader.label(try members.required("packet"))
        fate = try members.required("is").word("a packet's fate", of: PacketBook.Fate.allCases.map(\.rawValue))
    }

    var description: String { "packet \(label)" }
    var expected: String { fate }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        guard let packet = run.packet(labelled: label) else { return ScenarioFinding("no packet", isMet: false) }
        return ScenarioFinding(packet.fate.rawValue, isMet: packet.fate.rawValue == fate)
    }
}
