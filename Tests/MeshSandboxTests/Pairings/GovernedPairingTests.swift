import BankEvents
import GovernanceEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Testing

/// The same setup on chains whose authority is governance.
@Suite("A pairing of governed chains")
struct GovernedPairingTests {
    @Test("is set up by the same stages; what the authority does, each chain has voted on")
    func stages() throws {
        let chains = try PairedChains(isGoverned: true) { $0.handover = .authority }
        let usual = try PairedChains { $0.handover = .authority }
        #expect(chains.stages == usual.stages)
        let titles = [
            "consumer-1": "main: lets Virtual Staking mint up to 1000000000",
            "provider-1": "main: recommends External Staking to the chain's users",
        ]
        for (chainID, title) in titles.sorted(by: { $0.key < $1.key }) {
            let chain = try chains.network.chain(chainID)
            let proposal = try chain.proposal(1)
            #expect(proposal.status == .passed)
            #expect(proposal.title == title)
            #expect(try proposal.proposer == chain.address(of: "deployer"))
            #expect(proposal.result.yes == "40000000")
            // The deposit is back.
            #expect(try chain.balance(of: "deployer", chain.specification.bondDenom) == 2_000_000)
        }
        try chains.bond(5_000_000)
        try chains.crossStake(5_000_000)
        #expect(try chains.report().minted == 5_000_000)
        try chains.audit()
    }

    @Test("has governance as its authority, and as the admin of the standard instances and of the recommended list")
    func genesis() throws {
        let chains = try PairedChains(isGoverned: true, until: { _ in true })
        for chain in chains.network.chains {
            let host = try chain.host()
            let authority = try host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address
            let governance = try host.query(HostQuery.with { $0.instance.instance = "governance" }, of: "host").instance
            let address = try Address(bytes: governance.address)
            #expect(authority == chain.addresses.format(address, as: .account))
            let governed = ["bank", "staking", "governance", "interchain", "transfer"]
            for label in governed + (chain.chainID == "provider-1" ? ["recommended"] : []) {
                let admin = try host.query(HostQuery.with { $0.instance.instance = label }, of: "host").instance.admin
                #expect(admin == authority, "\(label)")
            }
        }
    }

    @Test("decides as its rules say, and a decision that is refused is refused with the module's error")
    func decisions() throws {
        let chains = try PairedChains(isGoverned: true, until: { _ in true })
        let message = HostMessage.with {
            $0.grant.instance = "nobody"
            $0.grant.privilege = "virtual-staking/mint"
        }
        let proposal = SandboxProposal("Something for nobody", [try SandboxMessage(message, to: "host")])
        let error = #expect(throws: SandboxError.self) {
            try chains.network.decide(proposal, on: "consumer-1")
        }
        #expect(error?.code == .refused)
        #expect((error?.cause as? ModuleError)?.codespace == "host")
        // A text alone passes, and takes its voting period.
        let before = chains.network.now
        try chains.network.decide(SandboxProposal("Thanks", []), on: "consumer-1")
        #expect(chains.network.now >= before.shifted(by: .seconds(60)))
        #expect(try chains.network.chain("consumer-1").proposal(1).status == .passed)
    }

    @Test("has an account for its authority where nobody votes, and no key for it where a vote decides")
    func secrets() throws {
        var specification = ChainSpecification("mesh-1", accounts: [.init("deployer")])
        #expect(specification.secrets(seed: 1).contains { $0.name == "authority" })
        specification.governance = .init()
        #expect(!specification.secrets(seed: 1).contains { $0.name == "authority" })
    }

    @Test(
        "is not made where whoever proposes can't pay, or is the authority itself; and nothing is decided without governance"
    )
    func mistakes() throws {
        for (proposer, words) in [("deployer", "1000000umesh"), ("authority", "signs nothing"), ("x", "the deposit")] {
            let error = #expect(throws: SandboxError.self) {
                try TestNetwork(["mesh-1"]) {
                    $0.governance = .init()
                    $0.governance?.proposer = proposer
                }
            }
            #expect(error?.code == .invalidSpecification)
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
        _ = try TestNetwork(["mesh-1"]) {
            $0.governance = .init()
            $0.governance?.proposer = "validator-2"
        }
        let lawless = try TestNetwork(["mesh-1"])
        let error = #expect(throws: SandboxError.self) {
            try lawless.network.decide(SandboxProposal("Thanks", []), on: "mesh-1")
        }
        #expect(error?.code == .invalidSpecification)
    }
}
