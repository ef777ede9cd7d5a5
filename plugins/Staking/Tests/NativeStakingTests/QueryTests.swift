import ModuleKit
import StakingEvents
import Testing

@Suite("Asking")
struct QueryTests {
    private func chain() throws -> StakingChain {
        let chain = try StakingChain.fresh(["max_validators": "2"])
        try chain.addValidators([5_000_000, 4_000_000, 3_000_000, 2_000_000, 1_000_000])
        try chain.block {
            for number in 0..<5 { try chain.send(.delegate(10, to: number), from: Account.user(0)) }
            try chain.send(.delegate(10, to: 1), from: Account.user(1))
        }
        return chain
    }

    @Test("Validators come in pages by operator, all or those of a status, each once")
    func pagesValidators() throws {
        let chain = try chain()
        func walk(_ status: StakingBondStatus) throws -> [[String]] {
            var pages: [[String]] = []
            var start = ""
            repeat {
                let page = try chain.ask(
                    .with {
                        $0.validators.status = status
                        $0.validators.page.start = start
                        $0.validators.page.limit = 2
                    }
                ).validators
                pages.append(page.validators.map(\.operator))
                start = page.next
            } while !start.isEmpty
            return pages
        }
        let operators = (0..<5).map { Account.validator($0) }.sorted().map(Account.operatorText)
        #expect(try walk(.unspecified).flatMap(\.self) == operators)
        #expect(try walk(.unspecified).map(\.count) == [2, 2, 1])
        #expect(try walk(.bonded).map(\.count) == [2])
        #expect(try walk(.unbonded).map(\.count) == [2, 1])
    }

    @Test("The delegations of one delegator come in pages, and nobody else's")
    func pagesDelegations() throws {
        let chain = try chain()
        let query = StakingQuery.with {
            $0.delegations.delegator = Account.text(Account.user(0))
            $0.delegations.page.limit = 3
        }
        let first = try chain.ask(query).delegations
        #expect(first.delegations.count == 3)
        var next = query
        next.delegations.page.start = first.next
        let second = try chain.ask(next).delegations
        #expect(second.delegations.count == 2)
        #expect(second.next.isEmpty)
        let validators = (first.delegations + second.delegations).map(\.validator)
        #expect(Set(validators).count == 5)
    }

    @Test("A validator is found by its operator and by its consensus address; others are not found")
    func findsValidators() throws {
        let chain = try chain()
        let address = try Address(ed25519PublicKey: Account.key(3))
        let text = StakingChain.prefixes.format(address, as: .consensus)
        let found = try chain.ask(.with { $0.validator.consensusAddress = text }).validator
        #expect(found.operator == Account.operatorText(Account.validator(3)))
        let stranger = StakingQuery.with { $0.validator.operator = Account.operatorText(Account.stranger) }
        let error = #expect(throws: ModuleError.self) { try chain.ask(stranger) }
        #expect(error?.code == .validatorNotFound)
        let nothing = #expect(throws: ModuleError.self) { try chain.ask(StakingQuery()) }
        #expect(nothing?.code == .unknownMessage)
    }
}
