import ModuleKit
import ModuleTesting
import RecommendedList
import RecommendedListEvents
import Testing

@Suite("Genesis of a recommended list")
struct GenesisTests {
    private func importing(_ section: JSONValue) throws -> (
        stage: ModuleHarness<RecommendedList>, Outcome<RecommendedList>
    ) {
        let options = HarnessOptions()
        let harness = try ModuleHarness(
            RecommendedList(),
            neighbours: [Understudy(), Understudy(), AcceptingNeighbour<RecommendedListEvent>()],
            options: options
        )
        let document = GenesisDocument(
            chainID: options.chainID,
            time: options.genesisTime.saturatingAdding(.days(1)),
            appState: ["recommended-list": section]
        )
        return (harness, try harness.when(importing: document))
    }

    @Test("is exported with notes, names and times, and imported as it was")
    func roundTrip() throws {
        let stage = try Stage(stakings: 2)
        try stage.recommend("external-staking-2", "second").thenSucceeded()
        try stage.harness.nextBlock()
        try stage.recommend("external-staking", "first", by: "admin").thenSucceeded()
        let exported = try stage.harness.exportGenesis()
        let (copy, outcome) = try importing(try exported["recommended-list"].required())
        try outcome.thenSucceeded()
        #expect(try copy.exportGenesis() == exported)
        #expect(try copy.query(.with { $0.recommendations = .init() }).recommendations == stage.page())
        try copy.nextBlock()
    }

    @Test("takes what people write: an instance by label or address, and nothing else")
    func written() throws {
        let address = try Stage.address("external-staking-2")
        let (chain, outcome) = try importing([
            "recommendations": [["instance": .string(address)], ["instance": "external-staking", "note": "good"]]
        ])
        try outcome.thenSucceeded()
        let page = try chain.query(.with { $0.recommendations = .init() }).recommendations
        #expect(page.recommendations.map(\.label) == ["external-staking", "external-staking-2"])
        #expect(page.recommendations.map(\.note) == ["good", ""])
        try importing([:]).1.thenSucceeded().thenEmittedNothing()
    }

    @Test("refuses what the running list would refuse, and names the place")
    func refused() throws {
        let entry: JSONValue = ["instance": "external-staking"]
        func list(_ entries: JSONValue...) -> JSONValue { ["recommendations": .array(entries)] }
        let cases: [(JSONValue, String)] = [
            (list(entry, entry), "recommendations[1].instance"),
            (list(["instance": "nobody"]), "recommendations[0]"),
            (list(["instance": .string(Stage.bystander)]), "recommendations[0]"),
            (list(["note": "x"]), "recommendations[0].instance"),
            (list(["instance": "external-staking", "note": "a\nb"]), "recommendations[0]"),
            (list(["instance": "external-staking", "by": "somebody"]), "recommendations[0].by"),
            (list(["instance": "external-staking", "time": "18446744073709551615"]), "recommendations[0].time"),
            (list(["instance": "external-staking", "score": "5"]), "recommendations[0].score"),
            (list("entry"), "recommendations[0]"),
            (["recommendations": .array(Array(repeating: entry, count: 257))], "recommendations"),
            (["recommended": []], "recommended"),
            ([], "recommended-list"),
        ]
        for (section, path) in cases {
            let error = try #require(try importing(section).1.error, "\(section)")
            #expect(error.codespace == "genesis" && error.message.contains(path), "\(error)")
        }
    }

    @Test("lists every kind of event under its number and name")
    func kinds() throws {
        let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: RecommendedListEvent.descriptorSet).file
        let file = try #require(files.first { $0.name == "recommended_list.proto" })
        let event = try #require(file.messageType.first { $0.name == "Event" })
        let kinds = RecommendedListEvent.kinds.map { "\($0.number) \($0.name)" }
        #expect(kinds == event.field.map { "\($0.number) \($0.name)" })
    }
}
