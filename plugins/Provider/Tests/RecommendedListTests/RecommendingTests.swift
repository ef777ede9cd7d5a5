import ModuleKit
import ModuleTesting
import RecommendedList
import RecommendedListEvents
import Testing

@Suite("A recommended list")
struct RecommendingTests {
    @Test("is changed by the curator and by the admin, and says who and when")
    func changed() throws {
        let stage = try Stage()
        try stage.recommend("external-staking", "audited in May").thenSucceeded()
        try stage.recommend(try Stage.address("external-staking-3"), by: "admin").thenSucceeded()
        let entries = try stage.page().recommendations
        #expect(entries.map(\.label) == ["external-staking", "external-staking-3"])
        #expect(entries.map(\.number) == [2, 4])
        #expect(entries.map(\.note) == ["audited in May", ""])
        #expect(try entries.map(\.by) == [Stage.account("curator"), Stage.account("admin")])
        #expect(entries.allSatisfy { $0.timeNanoseconds == stage.harness.block.time.nanoseconds })
        try stage.withdraw("external-staking", by: "admin").thenSucceeded()
        try stage.withdraw(try Stage.address("external-staking-3")).thenSucceeded()
        #expect(try stage.page() == RecommendedListRecommendations())
        try stage.recommend("external-staking", "audited again").thenSucceeded()
        #expect(try stage.page().recommendations.map(\.note) == ["audited again"])
        try stage.harness.nextBlock()
    }

    @Test("says whether an instance is on it, by label or address, however that is written")
    func asked() throws {
        let stage = try Stage()
        try stage.recommend("external-staking-2").thenSucceeded()
        let address = try Stage.address("external-staking-2")
        for reference in ["external-staking-2", address, address.uppercased()] {
            #expect(try stage.isRecommended(reference), "\(reference)")
        }
        for reference in ["external-staking", "external-staking-3", "", "nobody", Stage.bystander] {
            #expect(try !stage.isRecommended(reference), "\(reference)")
        }
        #expect(
            try stage.harness.query(json: #"{"is_recommended":{"instance":"external-staking-2"}}"#).contains("true")
        )
        #expect(throws: ModuleError.self) { try stage.harness.query(.init()) }
        #expect(throws: ModuleError.self) { try stage.harness.query(json: #"{"is_recommended":{"label":"x"}}"#) }
    }

    @Test("is read in pages that leave nothing out")
    func pages() throws {
        let stage = try Stage(stakings: 7)
        for number in [7, 3, 5, 2, 6].map({ "external-staking-\($0)" }) { try stage.recommend(number).thenSucceeded() }
        for limit in UInt32(1)...6 {
            var seen: [UInt32] = []
            var next: UInt32? = 0
            while let start = next {
                let page = try stage.page(from: start, limit: limit)
                #expect(page.recommendations.count <= Int(limit))
                seen += page.recommendations.map(\.number)
                next = page.hasNextNumber ? page.nextNumber : nil
            }
            #expect(seen == [3, 4, 6, 7, 8], "pages of \(limit)")
        }
        #expect(try stage.page(from: 9).recommendations.isEmpty)
        #expect(try stage.page(limit: .max).recommendations.count == 5)
    }

    @Test("refuses whoever is neither curator nor admin, also a curator that was replaced, and an admin that was")
    func strangers() throws {
        let stage = try Stage()
        for stranger in ["stranger", "host"] {
            try stage.recommend("external-staking", by: stranger).thenFailed(.notCurator, saying: "curator is")
            try stage.withdraw("external-staking", by: stranger).thenFailed(.notCurator)
        }
        let next: JSONValue = ["curator": .string(try Stage.account("next"))]
        try stage.harness.when(reconfiguring: next, from: .named("admin")).thenSucceeded()
        try stage.recommend("external-staking").thenFailed(.notCurator)
        try stage.recommend("external-staking", by: "next").thenSucceeded()
        try stage.harness.when(settingAdmin: nil).thenSucceeded()
        try stage.withdraw("external-staking", by: "admin").thenFailed(.notCurator)
        try stage.withdraw("external-staking", by: "next").thenSucceeded()
        try stage.harness.when(reconfiguring: [:], from: .named("admin")).thenSucceeded()
        try stage.recommend("external-staking", by: "next").thenFailed(.notCurator, saying: "no curator")
    }

    @Test("refuses what is no External Staking, what it does not know, and what stands or does not stand on it")
    func refusals() throws {
        let stage = try Stage()
        try stage.recommend("external-staking").thenSucceeded()
        try stage.recommend("external-staking").thenFailed(.alreadyRecommended)
        try stage.recommend(try Stage.address("external-staking")).thenFailed(.alreadyRecommended)
        try stage.recommend(Stage.bystander).thenFailed(.notExternalStaking)
        try stage.recommend("recommended-list").thenFailed(.notExternalStaking)
        for reference in ["", "external-staking-9", "External-Staking", try Stage.account("nobody")] {
            try stage.recommend(reference).thenFailed(.unknownRecommendation)
            try stage.withdraw(reference).thenFailed(.unknownRecommendation)
        }
        try stage.withdraw("external-staking-2").thenFailed(.notRecommended)
        try stage.withdraw("external-staking").thenSucceeded()
        try stage.withdraw("external-staking").thenFailed(.notRecommended)
        try stage.harness.when(RecommendedListMessage(), from: .named("curator")).thenFailed(.unknownMessage)
    }

    @Test("refuses notes that are too long or that could rewrite a terminal")
    func notes() throws {
        let stage = try Stage()
        let full = String(repeating: "ü", count: RecommendedList.noteBytesMax / 2)
        for note in [full + "x", "two\nlines", "\u{1B}[2J", "\u{7F}", "\u{9B}31m", "tab\t"] {
            try stage.recommend("external-staking", note).thenFailed(.invalidNote)
        }
        try stage.recommend("external-staking", full).thenSucceeded()
    }

    @Test("holds as many entries as are allowed, and one more only when another leaves")
    func full() throws {
        let count = RecommendedList.recommendationsMax
        let stage = try Stage(stakings: count + 1)
        let labels = (2...count + 1).map { "external-staking-\($0)" }
        for label in labels { try stage.recommend(label).thenSucceeded() }
        try stage.recommend("external-staking").thenFailed(.recommendedListFull)
        try stage.withdraw(labels[17]).thenSucceeded()
        try stage.recommend("external-staking").thenSucceeded()
        #expect(try stage.page(limit: .max).recommendations.count == count)
    }

    @Test("has no other settings than a curator of this chain")
    func settings() throws {
        let stage = try Stage(curator: nil)
        #expect(try stage.harness.query(.with { $0.settings = .init() }).settings.curator.isEmpty)
        try stage.harness.when(reconfiguring: ["curators": []], from: .named("admin")).thenFailed(.invalidArgument)
        try stage.harness.when(reconfiguring: ["curator": "nobody"], from: .named("admin")).thenFailed(.invalidValue)
        try stage.harness.when(reconfiguring: ["curator": false], from: .named("admin")).thenFailed(.wrongKind)
        try stage.harness.when(reconfiguring: [:], from: .named("admin")).thenEmittedNothing()
    }
}
