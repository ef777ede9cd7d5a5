import MeshSandbox
import Testing

@Suite("Scenarios: steps and expectations")
struct ScenarioStepTests {
    @Test("Tokens go there and back, and every kind of expectation sees it")
    func transfer() throws {
        let report = try TestScenario.run(
            """
            - open: main
            - transfer: { from: north/ann, to: south/bob, amount: 250unor, over: main, as: gift }
            - expect: { packet: gift, is: under_way }
            - settle
            - transfer: { from: south/bob, to: north/cid, amount: 50 unor over main, over: main, memo: thanks }
            - settle
            - expect:
                - { balance: south/bob, of: unor over main, is: 200 }
                - { balance: north/cid, of: unor, at_least: 55, at_most: 55 }
                - { supply: south, of: transfer/channel-0/unor, is: 200 }
                - { escrow: north, over: main, of: unor, is: 200 }
                - { packet: gift, is: acknowledged }
                - { transaction: gift, is: done }
                - { channel: main, on: south, is: open }
                - { client: main, on: north, is: active }
                - { event: transfer/received, on: north, is: 1 }
                - { forgeries: main, is: 0 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        // One step looks at one thing, the other at ten; invariants and audit of two chains.
        #expect(report.checks.count == 15)
        #expect(report.texts.contains { $0.hasPrefix("packet gift (transfer/channel-0#1) is sent: 250 unor") })
    }

    @Test("What is not as expected stands in the report with its line, and the run goes on")
    func unmet() throws {
        let report = try TestScenario.run(
            """
            - send: { from: north/ann, to: north/cid, amount: 1unor }
            - expect: { balance: north/cid, of: unor, is: 7 }
            - send: { from: north/ann, to: north/cid, amount: 2000unor }
            - send: { from: north/ann, to: north/cid, amount: 1unor, fails: any }
            - send: { from: north/ann, to: north/cid, amount: 2000unor, fails: bank/1 }
            - send: { from: north/ann, to: north/cid, amount: 2000unor, fails: bank/99 }
            """
        )
        #expect(!report.isMet)
        #expect(report.failure == nil)
        let first = TestScenario.firstLine
        #expect(report.unmet.map { $0.place?.line } == [first + 1, first + 2, first + 3, first + 5])
        #expect(report.unmet.first?.found == "6")
        #expect(report.unmet.first?.expected == "7")
    }

    @Test("A packet that nobody delivers times out, and one that is forged is refused before the true one arrives")
    func faults() throws {
        let report = try TestScenario.run(
            """
            - open: main
            - deliver: { over: main, policy: dropped }
            - transfer: { from: north/ann, to: south/bob, amount: 40unor, over: main, timeout: 20s, as: late }
            - wait: 30s
            - settle
            - deliver: { over: main, policy: { forged_packet: 1 }, order: random }
            - transfer: { from: north/ann, to: south/bob, amount: 3unor, over: main, as: attacked }
            - transfer: { from: north/ann, receiver: nobody, amount: 1unor, over: main, as: lost }
            - settle
            - expect:
                - { packet: late, is: timed_out }
                - { packet: attacked, is: acknowledged }
                - { packet: lost, is: refused }
                - { forgeries: main, at_least: 1 }
                - { balance: north/ann, of: unor, is: 997 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("Chains stop, crash and go on; what is out of turn ends the run at its line")
    func lifecycle() throws {
        let report = try TestScenario.run(
            """
            - crash: { chain: north, moment: before_commit, loses: pending }
            - reopen: north
            - stop: south
            - blocks: 2
            - reopen: south
            - audit: all
            - blocks: 2
            - note: It goes on.
            - submit: { from: north/ann, to: bank, message: { send: { to_address: nonsense } }, fails: any }
            - reopen: south
            - settle
            """
        )
        #expect(report.unmet.isEmpty)
        #expect(report.failure?.code == .outOfTurn)
        #expect(report.failure?.place?.line == TestScenario.firstLine + 9)
        #expect(report.checks.count { $0.what.hasPrefix("audit of") } == 4)
        #expect(report.chains.map(\.height).allSatisfy { $0 > 1 })
        #expect(report.texts.contains("It goes on."))
    }

    @Test("The same seed gives the same run, line by line and byte for byte; another seed does not")
    func determinism() throws {
        let steps = """
            - open: main
            - deliver: { over: main, policy: hostile }
            - transfer: { from: north/ann, to: south/bob, amount: 4unor, over: main }
            - blocks: 3
            """
        let (first, second) = (try TestScenario.run(steps), try TestScenario.run(steps))
        #expect(first.trace == second.trace)
        #expect(first.chains == second.chains)
        #expect(first.trace.count > 12)
        #expect(try TestScenario.run(steps, seed: 12).chains != first.chains)
    }

    @Test("A kind of step of one's own is read and carried out")
    func ownKind() throws {
        struct Greeting: ScenarioStep {
            static let kind = ScenarioKind("greet", "Greets.", example: "- greet: ann")
            let description: String

            init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
                description = "hello \(try reader.account(node))"
            }

            func perform(in run: ScenarioRun) throws(ScenarioError) { run.note("good day") }
        }
        let text = TestScenario.text("- greet: north/ann")
        #expect(throws: ScenarioError.self) { try Scenario(parsing: text) }
        let scenario = try Scenario(parsing: text, vocabulary: .standard.adding(steps: [Greeting.self]))
        let folder = try ScenarioFolder()
        let report = try ScenarioRun.run(scenario, in: folder.path)
        #expect(report.texts.contains("hello north/ann"))
        #expect(report.texts.contains("good day"))
    }
}
