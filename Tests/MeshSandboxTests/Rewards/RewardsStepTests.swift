import MeshSandbox
import Testing

@Suite("Scenarios: rewards")
struct RewardsStepTests {
    private static func head(route: String = "ics20-memo", handover: String = "authority") -> String {
        """
        name: A test
        seed: 11
        chains:
          north: { prefix: nor, bond: unor, validators: [10], accounts: { ann: 9_000_000unor } }
          south:
            prefix: sou
            bond: usou
            validators: [10, 10]
            inflation: { rate: 0.1, blocks_per_year: 100000 }
            accounts: { bob: 9_000_000usou }
        pairings:
          main: { provider: north, consumer: south, price: 1, cap: 9_000_000usou, epoch: 15, rewards_route: \(route), handover: \(handover) }
        steps:
          - pair: main
          - cross_stake: { from: north/ann, bonding: 8_000_000unor, amount: 8_000_000unor, at: south/validator, over: main }
          - settle

        """
    }

    private static func run(_ head: String, _ steps: String) throws -> ScenarioReport {
        let folder = try ScenarioFolder()
        let lines = steps.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
        return try ScenarioRun.run(try Scenario(parsing: head + lines), in: folder.path, auditor: TestAuditor.auditor)
    }

    @Test("Rewards come by every route, and both chains agree on each unit", arguments: RewardRoute.allCases)
    func routes(_ route: RewardRoute) throws {
        let held = route == .held
        let report = try Self.run(
            Self.head(route: route.rawValue),
            """
            - blocks: 32
            - settle
            - expect:
                - { rewards: north/ann, at: south/validator, over: main, of: \(held ? "usou" : "usou over main"), at_least: 1_000 }
                - { rewards: north/ann, at: south/validator, over: main, of: \(held ? "usou over main" : "usou"), claimable: 0 }
                - { reward_totals: main, on: south, waiting: 0, batched: 0, arrived: 0, given: 0 }
                - { reward_totals: main, on: north, paid: 0, in_flight: 0, community: 0, unattributed: 0 }
                - { reward_books: main, is: settled }
            - withdraw_rewards: { from: north/ann, at: south/validator, over: main, remote_to: south/bob }
            - settle
            - expect:
                - { rewards: north/ann, at: south/validator, over: main, in_flight: 0 }
                - { balance: north/ann, of: usou over main, \(held ? "is: 0" : "at_least: 1_000") }
                - { balance: south/bob, of: usou, \(held ? "at_least: 9_001_000" : "is: 9_000_000") }
                - { reward_books: main, is: settled }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("Without a route, rewards wait at the Converter until both chains agree on one")
    func waiting() throws {
        let report = try Self.run(
            Self.head(route: "none"),
            """
            - blocks: 32
            - settle
            - expect:
                - { rewards: north/ann, at: south/validator, over: main, claimable: 0 }
                - { reward_totals: main, on: north, received: 0 }
                - { reward_totals: main, on: south, delivered: 0, held: 0 }
                - { reward_books: main, is: settled }
            - set_route: { over: main, to: ics20-memo }
            - blocks: 6
            - settle
            - expect:
                - { rewards: north/ann, at: south/validator, over: main, at_least: 1_000 }
                - { reward_totals: main, on: south, waiting: 0 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("Nobody but the authorities changes a route, and nobody at all where nobody has the power")
    func power() throws {
        let steps = """
            - set_route: { over: main, to: held, on: south, by: south/bob, fails: host/4 }
            - set_route: { over: main, to: held, on: north, by: north/ann, fails: host/4 }
            """
        var report = try Self.run(Self.head(), steps + "\n- set_route: { over: main, to: held }")
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        report = try Self.run(
            Self.head(handover: "nobody"),
            steps + "\n- set_route: { over: main, to: held, fails: host/4 }"
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("Delegations and local stake earn what the chain mints")
    func native() throws {
        // Of the supply, 20_020 millions are the validators', who begin with a thousand times their stake beside it, and 9 are
        // bob's: the rest was minted.
        let report = try Self.run(
            Self.head(),
            """
            - delegate: { from: south/bob, amount: 5_000_000usou, at: south/validator-2 }
            - blocks: 8
            - expect: { rewards: south/bob, at: south/validator-2, at_least: 1_000 }
            - withdraw_rewards: { from: south/bob, at: south/validator-2 }
            - expect:
                - { balance: south/bob, of: usou, at_least: 4_001_000 }
                - { supply: south, of: usou, at_least: 20_029_100_000 }
            - blocks: 4
            - withdraw_rewards: { from: south/bob }
            - stake_locally: { from: north/ann, amount: 1_000_000unor, at: north/validator }
            - blocks: 2
            - expect: { rewards: north/ann, at: north/validator, locally: yes, claimable: 0 }
            - withdraw_rewards: { from: north/ann, at: north/validator, locally: yes, fails: any }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test(
        "What can't be meant is refused with its line",
        arguments: [
            ("- withdraw_rewards: { from: north/ann, at: south/validator, over: main, locally: yes }", "not both"),
            ("- withdraw_rewards: { from: north/ann, to: north/ann }", "beside `over` alone"),
            ("- withdraw_rewards: { from: north/ann, locally: yes }", "name it with `at`"),
            ("- withdraw_rewards: { from: south/bob, at: south/validator, over: main }", "name an account of north"),
            (
                "- withdraw_rewards: { from: north/ann, at: south/validator, over: main, remote_to: north/ann }",
                "name an account of south"
            ),
            ("- set_route: { over: main, to: pigeon }", "ics20-memo, ics20-control, held"),
            ("- set_route: { over: main, to: held, by: south/bob }", "name that with `on`"),
            ("- expect: { reward_totals: main, on: north, waiting: 5 }", "north has no figure waiting"),
            ("- expect: { rewards: north/ann, at: south/validator, over: main }", "needs one of the members"),
            ("- expect: { reward_books: main, is: rich }", "sound, settled"),
        ]
    )
    func refused(_ step: String, _ hint: String) throws {
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: Self.head() + "  \(step)\n") }
        #expect(error?.message.contains(hint) == true, "\(String(describing: error))")
        #expect(error?.place?.line == 17)
    }

    @Test(
        "An inflation of a chain is a rate, or members with one",
        arguments: ["1.1", "{ rate: 0.1, community_tax: 2 }"]
    )
    func inflation(_ text: String) throws {
        let head = Self.head().replacing("{ rate: 0.1, blocks_per_year: 100000 }", with: text)
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: head) }
        #expect(error?.message.contains("is 1 at most") == true, "\(String(describing: error))")
    }
}
