import GovernanceEvents
import ModuleKit
import Testing

@testable import meshd

@Suite("What meshd gov prints")
struct GovernanceFormattingTests {
    @Test(
        "Spans are told in their two largest units, rounded down",
        arguments: [
            (172_799, "1 day 23 hours"), (172_800, "2 days"), (86_460, "1 day"), (3_661, "1 hour 1 minute"),
            (60, "1 minute"), (59, "59 seconds"), (0, "less than a second"), (315_360_000, "3,650 days"),
        ]
    )
    func spans(_ seconds: UInt32, _ text: String) {
        #expect(TimeSpan.seconds(seconds).roughly == text)
    }

    @Test("A moment is told with what is left to it; one that has come is over")
    func moments() throws {
        let end = try Timestamp("2026-01-01T00:01:00Z")
        #expect(end.text(asOf: try Timestamp("2026-01-01T00:00:10Z")) == "2026-01-01T00:01:00Z, 50 seconds left")
        for time in ["2026-01-01T00:01:00Z", "2027-01-01T00:00:00Z"] {
            #expect(end.text(asOf: try Timestamp(time)) == "2026-01-01T00:01:00Z, over")
        }
    }

    /// Rules of the Cosmos SDK, and a count of votes.
    private func holds(
        _ votes: (yes: String, abstain: String, no: String, noWithVeto: String),
        of bonded: String,
        _ outcome: GovernanceTallyOutcome = .unspecified
    ) throws -> [Bool] {
        let rules = GovernanceParameters.with {
            $0.quorum = "0.334"
            $0.threshold = "0.5"
            $0.vetoThreshold = "0.334"
        }
        let result = GovernanceTallyResult.with {
            $0.yes = votes.yes
            $0.abstain = votes.abstain
            $0.no = votes.no
            $0.noWithVeto = votes.noWithVeto
            $0.bonded = bonded
        }
        return try TallyCondition.all(try TallySums(result), rules, outcome).map(\.holds)
    }

    @Test("Quorum and veto hold at their bounds, the threshold above its own")
    func bounds() throws {
        #expect(try holds(("334", "0", "0", "0"), of: "1000") == [true, true, true])
        #expect(try holds(("333", "0", "0", "0"), of: "1000") == [false, true, true])
        #expect(try holds(("500", "0", "500", "0"), of: "1000") == [true, false, true])
        #expect(try holds(("501", "0", "499", "0"), of: "1000") == [true, true, true])
        #expect(try holds(("666", "0", "0", "334"), of: "1000") == [true, true, true])
        #expect(try holds(("665", "0", "0", "335"), of: "1000") == [true, true, false])
        #expect(try holds(("0", "1000", "0", "0"), of: "1000") == [true, false, true])
        #expect(try holds(("0", "0", "0", "0"), of: "0") == [false, false, true])
    }

    @Test("What governance's own count says of a condition counts, in the digits that were rounded away")
    func decided() throws {
        #expect(try holds(("500", "0", "500", "0"), of: "1000", .accepted) == [true, true, true])
        #expect(try holds(("334", "0", "0", "0"), of: "1000", .quorumMissed) == [false, true, true])
        #expect(try holds(("501", "0", "499", "0"), of: "1000", .thresholdMissed) == [true, false, true])
        #expect(try holds(("666", "0", "0", "334"), of: "1000", .vetoed) == [true, true, false])
    }
}
