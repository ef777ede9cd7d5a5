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

    @Test("The active set comes in pages by operator, with keys and powers")
    func pagesActiveSet() throws {
        let chain = try chain()
        var query = StakingQuery.with { $0.activeValidators.page.limit = 1 }
        let first = try chain.ask(query).activeValidators
        query.activeValidators.page.start = first.next
        let second = try chain.ask(query).activeValidators
        #expect(second.next.isEmpty)
        let numbers = [0, 1].sorted { Account.validator($0) < Account.validator($1) }
        let powers = first.powers + second.powers
        #expect(powers.map(\.operator) == numbers.map { Account.operatorText(Account.validator($0)) })
        #expect(powers.map { [UInt8]($0.consensusKey) } == numbers.map(Account.key))
        #expect(powers.map(\.power) == numbers.map { [5, 4][$0] })
    }

    @Test("A slash tells with what a holder can work out what a delegation has lost")
    func tellsLoss() throws {
        let chain = try chain()
        let before = try chain.delegation(of: Account.user(0), at: 0)
        try chain.block { try chain.probe(.slash(0, "0.25", since: chain.height, power: 5)) }
        let slashes = try chain.store.payloads(of: 1, at: chain.height).compactMap {
            payload -> StakingValidatorSlashed? in
            guard case .validatorSlashed(let slash) = try StakingEvent(recorded: payload, schemaVersion: 1).event else {
                return nil
            }
            return slash
        }
        let slash = try #require(slashes.first)
        let after = ValidatorWorth(tokens: try Amount(slash.tokens).subtracting(try Amount(slash.burned.amount)), slash)
        let was = ValidatorWorth(tokens: try Amount(slash.tokens), slash)
        let shares = try Decimal18(before.shares)
        #expect(try was.worth(of: shares).description == before.balance.amount)
        #expect(try after.worth(of: shares).description == chain.delegation(of: Account.user(0), at: 0).balance.amount)
        #expect(try after.worth(of: shares) < was.worth(of: shares))
    }

    private struct ValidatorWorth {
        let tokens: Amount
        let slash: StakingValidatorSlashed

        init(tokens: Amount, _ slash: StakingValidatorSlashed) {
            self.tokens = tokens
            self.slash = slash
        }

        func worth(of part: Decimal18) throws -> Amount {
            let all = try Decimal18(slash.shares)
            return try part.multiplied(by: tokens).dividing(by: all, rounding: .floor).whole(rounding: .floor)
        }
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
