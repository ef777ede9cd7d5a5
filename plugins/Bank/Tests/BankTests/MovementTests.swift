import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("Movements by events of other modules")
struct MovementTests {
    let alice = Address.user("alice")
    let bob = Address.user("bob")
    let pool = Address(moduleName: "pool")

    @Test("The coins of an account that signed move on any instance's event")
    func signer() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.move("4uatom", from: alice, to: pool, pool: 1, signer: alice)
        #expect(try chain.balance(pool) == "4")
        try chain.finish()
    }

    @Test("Without the account's signature nobody moves its coins, and the event is vetoed")
    func withoutSignature() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        let recorded = chain.execution.events.entries.count
        #expect(code { try chain.move("1uatom", from: alice, to: pool) } == .unauthorizedMovement)
        #expect(code { try chain.move("1uatom", from: alice, to: bob, signer: bob) } == .unauthorizedMovement)
        #expect(code { try chain.burn("1uatom", from: alice, by: "pool") } == .unauthorizedMovement)
        #expect(chain.execution.events.entries.count == recorded)
        #expect(try chain.balance(alice) == "10")
        try chain.finish()
    }

    @Test("An instance moves the coins of its own address and of its module accounts, and nobody else does")
    func ownAccounts() throws {
        let chain = try BankChain()
        let address = chain.pools[0].identity.address
        try chain.fund(address, "10uatom")
        try chain.mint("10uatom", to: pool, by: "pool")
        #expect(code { try chain.move("1uatom", from: address, to: bob, pool: 1) } == .unauthorizedMovement)
        #expect(code { try chain.move("1uatom", from: pool, to: bob, pool: 1) } == .unauthorizedMovement)
        #expect(code { try chain.move("1uatom", from: pool, to: bob, pool: 1, signer: bob) } == .unauthorizedMovement)
        try chain.move("10uatom", from: address, to: bob)
        try chain.move("10uatom", from: pool, to: bob)
        #expect(try chain.balance(bob) == "20")
        try chain.finish()
    }

    @Test("Movements may not overdraw, and an event with one bad movement moves nothing")
    func overdraft() throws {
        let chain = try BankChain()
        try chain.fund(pool, "10uatom")
        #expect(code { try chain.move("11uatom", from: pool, to: bob) } == .insufficientFunds)
        #expect(code { try chain.burn("11uatom", from: pool, by: "pool") } == .insufficientFunds)
        let coins = try Coins("6uatom").proto
        let good = PoolMovement.with {
            $0.fromAddress = chain.text(pool)
            $0.toAddress = chain.text(bob)
            $0.coins = coins
        }
        #expect(code { try chain.record(.with { $0.moved.movements = [good, good] }) } == .insufficientFunds)
        #expect(try chain.balance(bob) == "0")
        try chain.record(.with { $0.moved.movements = [good] })
        #expect(try chain.balance(bob) == "6")
        try chain.finish()
    }

    @Test("Creating and destroying needs a module account of one's own with the permission")
    func permissions() throws {
        let chain = try BankChain()
        try chain.claim("minter", [.minter])
        try chain.claim("burner", [.burner])
        #expect(code { try chain.mint("5uatom", to: bob, by: "burner") } == .missingPermission)
        #expect(code { try chain.mint("5uatom", to: bob, by: "nobody") } == .missingPermission)
        #expect(code { try chain.mint("5uatom", to: bob, by: "") } == .missingPermission)
        #expect(code { try chain.mint("5uatom", to: bob, by: "minter", pool: 1) } == .missingPermission)
        try chain.mint("5uatom", to: Address(moduleName: "burner"), by: "minter")
        #expect(try chain.supply().existing == "5")
        let burner = Address(moduleName: "burner")
        #expect(code { try chain.burn("5uatom", from: burner, by: "minter") } == .missingPermission)
        #expect(code { try chain.burn("5uatom", from: burner, by: "burner", pool: 1) } == .unauthorizedMovement)
        try chain.burn("5uatom", from: burner, by: "burner")
        #expect(try chain.supply().existing == "0")
        try chain.finish()
    }

    @Test("A bank without a live grant neither mints nor burns nor moves an offset")
    func grants() throws {
        let chain = try BankChain()
        try chain.fund(pool, "5uatom")
        chain.grants.privileges = []
        #expect(code { try chain.mint("1uatom", to: pool, by: "pool") } == .notGranted)
        #expect(code { try chain.burn("1uatom", from: pool, by: "pool") } == .notGranted)
        #expect(code { try chain.offset("uatom", "-1", by: "pool") } == .notGranted)
        #expect(try chain.balance(pool) == "5")
        try chain.finish()
    }

    @Test("An instance whose event is of no privileged kind mints nothing, whatever account it has claimed")
    func unprivilegedMint() throws {
        let chain = try BankChain()
        try chain.claim("minter", [.minter])
        let refusal = code { try chain.move("5uatom", from: nil, to: pool, by: "minter", isPrivileged: false) }
        #expect(refusal == .missingPermission)
        try chain.move("5uatom", from: nil, to: pool, by: "minter")
        #expect(try chain.balance(pool) == "5")
        try chain.finish()
    }

    @Test("A final event moves nothing of the account that signed the transaction, only what is the instance's own")
    func finalEvents() throws {
        let chain = try BankChain()
        let alice = Address.user("alice")
        let own = chain.pools[0].identity.address
        try chain.fund(alice, "10uatom")
        try chain.move("4uatom", from: alice, to: own, signer: alice)
        for from in [alice, own] {
            let movement = try PoolMovement.with {
                $0.fromAddress = chain.text(from)
                $0.toAddress = chain.text(.user("bob"))
                $0.coins = try Coins("3uatom").proto
            }
            try chain.record(.with { $0.movedFinally.movements = [movement] }, signer: alice)
        }
        #expect(try chain.balance(alice) == "6")
        #expect(try chain.balance(own) == "1")
        #expect(try chain.balance(.user("bob")) == "3")
        try chain.finish()
    }

    @Test("The first claimant of a module account owns it; the owner may claim again")
    func claims() throws {
        let chain = try BankChain()
        try chain.claim("shared", [.burner])
        #expect(code { try chain.claim("shared", [.burner], by: 1) } == .moduleAccountTaken)
        let recorded = chain.bankEvents.count
        try chain.claim("shared", [.burner])
        #expect(chain.bankEvents.count == recorded)
        try chain.claim("shared", [.staking, .minter])
        let entry = try chain.ask(.with { $0.moduleAccount.name = "shared" }).moduleAccount
        #expect(entry.address == chain.text(Address(moduleName: "shared")))
        #expect(entry.moduleAccount.permissions == [.minter, .staking])
        #expect(entry.moduleAccount.owner == 2)
        for name in ["", "two words", String(repeating: "x", count: 65), "pöl"] {
            #expect(code { try chain.claim(name) } == .invalidModuleAccount)
        }
        try chain.finish()
    }

    @Test("An offset moves the reported supply, not what exists")
    func supplyOffset() throws {
        let chain = try BankChain()
        try chain.fund(pool, "100uatom")
        try chain.offset("uatom", "-40", by: "pool")
        #expect(try chain.supply().reported.amount == "60")
        #expect(try chain.supply().existing == "100")
        #expect(try chain.supply().offset == "-40")
        try chain.offset("uatom", "60", by: "pool")
        #expect(try chain.supply().reported.amount == "120")
        try chain.offset("uatom", "-20", by: "pool")
        #expect(try chain.supply().offset == "0")
        #expect(code { try chain.offset("uatom", "1", by: "pool", pool: 1) } == .missingPermission)
        #expect(code { try chain.offset("uatom", "-0", by: "pool") } == .invalidAmount)
        try chain.finish()
    }

    @Test("An offset that outweighs what exists is reported as nothing and breaks an invariant")
    func negativeSupply() throws {
        let chain = try BankChain()
        try chain.fund(pool, "100uatom")
        try chain.offset("uatom", "-101", by: "pool")
        #expect(try chain.supply().reported.amount == "0")
        #expect(try chain.bank.invariantViolations().map(\.name) == ["reported-supply-not-negative"])
    }

    @Test("A second bank on the chain leaves the movements of others alone")
    func secondBank() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        let second = BankChain.instance(Bank(), 4, chain.execution)
        chain.execution.install(second)
        try chain.move("4uatom", from: alice, to: bob, signer: alice)
        #expect(try chain.balance(bob) == "4")
        try chain.finish()
    }

    @Test("In the genesis block no signature is needed, and an instance creates coins in its own accounts only")
    func genesisBlock() throws {
        let chain = try BankChain(isGenesis: true)
        chain.grants.privileges = []
        try chain.claim("bonded")
        try chain.importGenesis(
            #"{"bank": {"balances": [{"address": "\#(chain.text(alice))", "coins": [{"denom": "uatom", "amount": "9"}]}]}}"#
        )
        try chain.move("4uatom", from: alice, to: Address(moduleName: "bonded"))
        try chain.mint("5uatom", to: Address(moduleName: "bonded"), by: "")
        #expect(try chain.balance(Address(moduleName: "bonded")) == "9")
        #expect(try chain.supply().existing == "14")
        #expect(code { try chain.mint("5uatom", to: bob, by: "") } == .missingPermission)
        try chain.finish()
    }
}
