import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@Suite("Queries")
struct QueryTests {
    @Test("An account, a lien, and pages of accounts can be asked for")
    func questions() throws {
        let people = (0..<5).map { Address.named("person \($0)") }
        let chain = try VaultChain(balances: people.map { ($0, "100uatom") })
        for person in people {
            try chain.bond("100uatom", from: person).thenSucceeded()
            try chain.stake("40uatom", with: "alpha", from: person).thenSucceeded()
        }
        var found: [String] = []
        var next = ""
        repeat {
            let page = try chain.harness.query(
                .with {
                    $0.accounts.startAddress = next
                    $0.accounts.limit = 2
                }
            ).accounts
            #expect(page.accounts.count <= 2)
            found += page.accounts.map(\.address)
            next = page.nextAddress
        } while !next.isEmpty
        #expect(Set(found) == Set(people.map(chain.text)))
        #expect(found.count == 5)
        let text = chain.text(people[0])
        let holder = try chain.harness.identity(of: Pawnshop<Alpha>.self).number
        let lien = try chain.harness.query(
            .with {
                $0.lien.address = text
                $0.lien.holder = holder
            }
        ).lien
        #expect(lien.amount.line == "0..40")
        #expect(lien.slashable == "0.1")
        #expect(lien.holder.label == "alpha")
    }

    @Test("Who never bonded has nothing, and questions about nothing are refused")
    func nothing() throws {
        let chain = try VaultChain()
        #expect(try chain.summary(chain.bob) == "0 free 0 max 0 slashable 0 | ")
        let text = chain.text(chain.bob)
        for query in [
            VaultQuery(), .with { $0.account.address = "nobody" },
            .with {
                $0.lien.address = text
                $0.lien.holder = 3
            },
        ] {
            #expect(throws: ModuleError.self) { try chain.harness.query(query) }
        }
    }
}
