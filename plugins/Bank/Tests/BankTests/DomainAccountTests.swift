import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("A module account with a domain")
struct DomainAccountTests {
    let alice = Address.user("alice")
    let bob = Address.user("bob")
    let escrow = ModuleAccountDeclaration("transfer/channel-0", domain: "ics20-1")

    @Test("has the address that ICS-20 derives for escrow")
    func address() throws {
        // ibc-go: GetEscrowAddress("transfer", "channel-0").
        let expected: [UInt8] = [
            0xED, 0x23, 0xC6, 0xF4, 0x44, 0x3F, 0x49, 0xC4, 0xB0, 0x8F,
            0x85, 0x63, 0x50, 0xA5, 0xD2, 0xC6, 0x5A, 0x20, 0x32, 0x35,
        ]
        #expect(escrow.address == (try Address(bytes: expected)))
        #expect(ModuleAccountDeclaration("transfer/channel-0").address == Address(moduleName: "transfer/channel-0"))
    }

    @Test("is another account than those with the same name or the same letters, and all are found by their names")
    func names() throws {
        let chain = try BankChain()
        let declarations: [(name: String, domain: String?)] = [
            ("transfer/channel-0", "ics20-1"), ("transfer/channel-0", nil), ("transfer/channel-0", "ics20-2"),
            ("ics20-1/transfer/channel-0", nil), ("ics20-1transfer/channel-0", nil), ("channel-0", "ics20-1/transfer/"),
        ]
        for (index, declaration) in declarations.enumerated() {
            try chain.claim(declaration.name, domain: declaration.domain, by: index % 2)
        }
        var addresses: Set<String> = []
        for (index, declaration) in declarations.enumerated() {
            let query = BankQuery.with {
                $0.moduleAccount.name = declaration.name
                $0.moduleAccount.domain = declaration.domain ?? ""
            }
            let entry = try chain.ask(query).moduleAccount
            let declared = ModuleAccountDeclaration(declaration.name, domain: declaration.domain)
            #expect(entry.address == chain.text(declared.address))
            #expect(entry.moduleAccount.owner == UInt32(2 + index % 2))
            addresses.insert(entry.address)
        }
        #expect(addresses.count == declarations.count)
        let page = try chain.ask(.with { $0.moduleAccounts.limit = 1 }).moduleAccounts
        #expect(page.moduleAccounts.map(\.moduleAccount.domain) == ["ics20-1"])
        let rest = try chain.ask(.with { $0.moduleAccounts.startName = page.nextName }).moduleAccounts
        #expect(rest.moduleAccounts.count == declarations.count - 1)
        try chain.finish()
    }

    @Test("belongs to its first claimant, whose events alone move its coins")
    func ownership() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.claim("transfer/channel-0", domain: "ics20-1")
        let again = code { try chain.claim("transfer/channel-0", domain: "ics20-1", by: 1) }
        #expect(again == .moduleAccountTaken)
        try chain.move("6uatom", from: alice, to: escrow.address, signer: alice)
        let theft = code { try chain.move("1uatom", from: escrow.address, to: bob, pool: 1) }
        #expect(theft == .unauthorizedMovement)
        try chain.move("2uatom", from: escrow.address, to: bob)
        #expect(try chain.balance(escrow.address) == "4")
        try chain.finish()
    }

    @Test("can't be claimed with a domain that is empty, long, or not printable")
    func badDomains() throws {
        let chain = try BankChain()
        for domain in ["", " ", "ics20\u{0}1", "ics 20", String(repeating: "x", count: 65), "ïcs"] {
            #expect(code { try chain.claim("transfer", domain: domain) } == .invalidModuleAccount, "\(domain)")
        }
        try chain.claim("transfer", domain: String(repeating: "x", count: 64))
        try chain.finish()
    }

    @Test("is exported with its domain and imported under the address that it gives")
    func genesis() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.claim("transfer/channel-0", domain: "ics20-1")
        try chain.move("6uatom", from: alice, to: escrow.address, signer: alice)
        let exported = try chain.exported()
        let next = try BankChain(isGenesis: true)
        #expect(try !next.importGenesis(exported).hasSkipped)
        #expect(try next.exported() == exported)
        #expect(try next.balance(escrow.address) == "6")
        try next.claim("transfer/channel-0", domain: "ics20-1", by: 1)
        try next.finish()

        let wrong = exported.text().replacing("ics20-1", with: "ics20-2")
        let third = try BankChain(isGenesis: true)
        #expect(code { try third.importGenesis(wrong) } == .invalidModuleAccount)
        let blank = exported.text().replacing("ics20-1", with: "ics20 1")
        #expect(code { try third.importGenesis(blank) } == .invalidModuleAccount)
    }
}
