import Testing

@Suite("The reference contracts")
struct ReferenceTests {
    @Test(
        "do what our modules do, step by step, but for the differences in the table",
        arguments: Cast.allCases,
        Transcript.scenarios
    )
    func compares(_ cast: Cast, _ scenario: String) throws {
        let transcript = try Transcript(of: scenario)
        let rehearsal = try Rehearsal(transcript, cast)
        for (number, step) in transcript.steps.enumerated() {
            guard let found = try rehearsal.carryOut(step) else { continue }
            let listed = try listed(cast, scenario, number)
            for name in Set(found.keys).union(listed.keys).sorted() where found[name]?.ours != listed[name]?.ours {
                Issue.record(
                    """
                    \(cast) of \(scenario), step \(number), \(step.op ?? ""): \(name) is \
                    '\(found[name]?.theirs ?? "the same")' there and '\(found[name]?.ours ?? "the same")' here, and the \
                    table says '\(listed[name]?.ours ?? "the same")'. \(listed[name]?.reason.rawValue ?? "")
                    """
                )
            }
        }
        // All of local staking is on the provider.
        #expect(rehearsal.comparedCount > 0 || (cast == .consumer && scenario == "local_staking"))
    }

    /// What is listed for a step, by the name of what is seen.
    private func listed(_ cast: Cast, _ scenario: String, _ number: Int) throws -> [String: (
        ours: String, reason: Reason
    )] {
        var listed: [String: (ours: String, reason: Reason)] = [:]
        for difference in Difference.listed(cast, scenario) where difference.steps.contains(number) {
            for (name, text) in difference.ours {
                let former = listed.updateValue((text, difference.reason), forKey: name)
                #expect(former == nil, "\(name) is listed twice for step \(number) of \(scenario)")
            }
        }
        return listed
    }

    @Test("The table is about these scenarios and their steps, and needs every one of its reasons")
    func table() throws {
        var reasons: Set<Reason> = []
        for cast in Cast.allCases {
            for (scenario, differences) in Difference.table(cast) {
                let transcript = try Transcript(of: scenario)
                for difference in differences {
                    #expect(transcript.steps.indices.contains(difference.steps.upperBound), "\(scenario)")
                    #expect(!difference.ours.isEmpty)
                    reasons.insert(difference.reason)
                }
            }
        }
        #expect(reasons == Set(Reason.allCases))
    }
}
