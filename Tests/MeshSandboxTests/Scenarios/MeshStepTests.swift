import MeshSandbox
import Testing

@Suite("Scenarios: pairings")
struct MeshStepTests {
    @Test("Stake goes over and comes back, and every kind of expectation sees it")
    func stake() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - settle
            - cross_stake: { from: north/ann, bonding: 9_000_000unor, amount: 8000000unor, at: south/validator, over: main, as: go }
            - expect: { stake: north/ann, at: south/validator, over: main, low: 0, high: 8_000_000 }
            - settle
            - blocks: 4
            - expect:
                - { packet: go, is: acknowledged }
                - { stake: north/ann, at: south/validator, over: main, is: 8_000_000, unbonding: 0 }
                - { pledge: north/ann, at: south/validator, over: main, is: 8_000_000 }
                - { vault: north/ann, bonded: 9_000_000, free: 1_000_000, max_lien: 8_000_000, slashable: 800_000 }
                - { bonded: south/validator, over: main, is: 3_600_000 }
                - { minted: main, at_most: 9_000_000, at_least: 3_600_000 }
                - { power: south/validator, is: 13 }
                - { supply: south, of: usou, is: 30_039_000_000 }
                - { drift: main, is: 0 }
                - { pairing: main, is: settled }
                - { pairing: main, on: north, is: open }
                - { channel: main, on: south, is: open }
                - { client: main, on: north, is: active }
            - bond: { from: north/ann, amount: 1_000_000unor }
            - unbond: { from: north/ann, amount: 2_000_000unor }
            - stake_locally: { from: north/ann, amount: 6_000_000unor, at: north/validator }
            - restake_locally: { from: north/ann, amount: 2_000_000unor, at: north/validator, to: north/validator-2 }
            - unstake_locally: { from: north/ann, amount: 1_000_000unor, at: north/validator }
            - cross_unstake: { from: north/ann, amount: 8_000_000unor, at: south/validator, over: main }
            - settle
            - expect:
                - { local_stake: north/ann, at: north/validator, staked: 3_000_000, unbonding: 1_000_000 }
                - { local_stake: north/ann, at: north/validator-2, staked: 2_000_000 }
                - { stake: north/ann, at: south/validator, over: main, is: 0, unbonding: 8_000_000 }
            - wait: 22d
            - release: { from: north/ann }
            - withdraw: { from: north/ann, over: main }
            - expect: { vault: north/ann, bonded: 8_000_000, free: 3_000_000, max_lien: 5_000_000 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("Setting a pairing up is told stage by stage: who does what, and where")
    func setup() throws {
        let report = try MeshScenario.run("- pair: main")
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        let stages = [
            "pair main: north secures south", "a relayer opens main/transfer, from south",
            "deployer deploys Price feed, Converter and Virtual Staking",
            "deployer deploys External Staking for the Converter",
            "deployer tells the Converter where External Staking is", "a relayer opens main/control, from south",
            "deployer gives up its power over the pairing", "deployer gives up its power over the pairing",
            "authority lets Virtual Staking mint up to 9000000",
            "authority recommends External Staking to the chain's users",
        ]
        #expect(report.texts.filter(stages.contains) == stages)
    }

    @Test("Governance decides on price, cap and grant; nobody else does")
    func governance() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - settle
            - cross_stake: { from: north/ann, bonding: 8000000unor, amount: 8000000unor, at: south/validator, over: main }
            - settle
            - set_price: { over: main, to: 1, by: south/bob, fails: price-feed/2 }
            - set_price: { over: main, to: 1 }
            - blocks: 4
            - expect: { minted: main, is: 7_200_000 }
            - set_cap: { over: main, to: 1_000_000usou, by: south/bob, fails: host/10 }
            - set_cap: { over: main, to: 1_000_000usou, by: south/authority }
            - expect: { minted: main, is: 1_000_000 }
            - revoke: { over: main, by: south/bob, fails: host/10 }
            - revoke: { over: main }
            - expect: { minted: main, is: 0 }
            - settle
            - close_pairing: { over: main, by: south/bob, fails: converter/18 }
            - close_pairing: { over: main, by: south/authority }
            - settle
            - expect: { pairing: main, is: closed }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("The two channels of a pairing have faults of their own, and tokens go over the one for tokens")
    func delivery() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - settle
            - deliver: { over: main, policy: dropped }
            - deliver: { over: main/transfer, policy: forged_proof }
            - transfer: { from: north/ann, to: south/bob, amount: 70unor, over: main, as: tokens }
            - cross_stake: { from: north/ann, bonding: 5unor, amount: 5unor, at: south/validator, over: main, as: lost }
            - blocks: 6
            - expect:
                - { packet: tokens, is: acknowledged }
                - { balance: south/bob, of: unor over main, is: 70 }
                - { balance: south/bob, of: unor over main/transfer, is: 70 }
                - { escrow: north, over: main, of: unor, is: 70 }
                - { packet: lost, is: under_way }
                - { forgeries: main/transfer, at_least: 1 }
                - { forgeries: main, is: 0 }
            - wait: 25h
            - settle
            - expect:
                - { packet: lost, is: timed_out }
                - { vault: north/ann, bonded: 5, free: 5 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        #expect(
            report.texts.contains { $0.hasPrefix("packet lost (north's main/control#1) is sent: stake 5unor at …") }
        )
    }

    @Test("A validator that leaves loses its power, and a frozen client takes no packet")
    func leavingAndFreezing() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - settle
            - leave: south/validator-3
            - expect: { power: south/validator-3, is: 0 }
            - settle
            - cross_stake: { from: north/ann, bonding: 5unor, amount: 5unor, at: south/validator-3, over: main, fails: external-staking/11 }
            - freeze: { client: main, on: north }
            - expect: { client: main, on: north, is: frozen }
            - cross_stake: { from: north/ann, bonding: 5unor, amount: 5unor, at: south/validator, over: main, fails: external-staking/55 }
            - close_pairing: { over: main, by: north/ann, fails: external-staking/22 }
            - close_pairing: { over: main, by: north/authority }
            - expect:
                - { pairing: main, on: north, is: closed }
                - { pairing: main, on: south, is: open }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test("What is found otherwise is named figure by figure")
    func unmet() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - expect: { vault: north/ann, bonded: 5, free: 0 }
            - expect: { pairing: main, is: closed }
            - expect: { minted: main, is: 1 }
            """
        )
        let first = MeshScenario.firstLine
        #expect(report.unmet.map { $0.place?.line } == [first + 1, first + 2, first + 3])
        #expect(report.unmet.map(\.expected) == ["bonded 5, free 0", "closed", "1"])
        #expect(report.unmet.map(\.found) == ["bonded 0, free 0", "open on north, open on south", "0"])
    }

    @Test(
        "What needs a pairing ends the run before it is set up, and setting it up twice does too",
        arguments: [
            "- cross_stake: { from: north/ann, amount: 1unor, at: south/validator, over: main }",
            "- withdraw: { from: north/ann, over: main }", "- set_price: { over: main, to: 1 }",
            "- expect: { drift: main, is: 0 }", "- expect: { minted: main, is: 0 }",
            "- freeze: { client: main, on: north }",
            "- deliver: { over: main, policy: dropped }", "- expect: { channel: main, on: north, is: open }",
        ]
    )
    func outOfTurn(_ step: String) throws {
        let report = try MeshScenario.run(step)
        #expect(report.failure?.code == .outOfTurn)
        #expect(report.failure?.place?.line == MeshScenario.firstLine)
        #expect(report.failure?.message.contains("begin with the step `pair: main`") == true)
    }

    @Test("A pairing is set up once")
    func twice() throws {
        let report = try MeshScenario.run("- pair: main\n- pair: main")
        #expect(report.failure?.code == .outOfTurn)
        #expect(report.failure?.place?.line == MeshScenario.firstLine + 1)
    }
}
