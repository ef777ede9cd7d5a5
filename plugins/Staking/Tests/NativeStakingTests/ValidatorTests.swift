import Foundation
import ModuleKit
import StakingEvents
import Testing

@Suite("Validators")
struct ValidatorTests {
    @Test("A second validator of an account, and a second use of a consensus key, are refused")
    func refusesDuplicates() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        try chain.block {
            try chain.expectRefusal(.validatorExists, of: .createValidator(1, 10), from: Account.validator(0))
            try chain.expectRefusal(.consensusKeyExists, of: .createValidator(0, 10), from: Account.validator(1))
        }
    }

    @Test("A key of the wrong length, an own delegation below its minimum, and long texts are refused")
    func refusesMalformed() throws {
        let chain = try StakingChain.fresh()
        let sender = Account.validator(0)
        try chain.block {
            var message = StakingMessage.createValidator(0, 10)
            message.createValidator.consensusKey = Data([1, 2, 3])
            try chain.expectRefusal(.consensusKeyUnsupported, of: message, from: sender)
            try chain.expectRefusal(
                .selfDelegationBelowMinimum,
                of: .createValidator(0, 10, minimum: 11),
                from: sender
            )
            try chain.expectRefusal(.selfDelegationBelowMinimum, of: .createValidator(0, 10, minimum: 0), from: sender)
            message = .createValidator(0, 10)
            message.createValidator.description_p.moniker = String(repeating: "a", count: 71)
            try chain.expectRefusal(.descriptionTooLong, of: message, from: sender)
        }
    }

    @Test("The rules of the commission hold when a validator is created")
    func checksCommission() throws {
        let chain = try StakingChain.fresh(["min_commission_rate": "0.05"])
        let sender = Account.validator(0)
        try chain.block {
            try chain.expectRefusal(.commissionAboveOne, of: .createValidator(0, 10, maxRate: "1.1"), from: sender)
            try chain.expectRefusal(.commissionAboveMaximum, of: .createValidator(0, 10, rate: "0.3"), from: sender)
            try chain.expectRefusal(
                .commissionMaxChangeAboveMaximum,
                of: .createValidator(0, 10, maxChange: "0.3"),
                from: sender
            )
            try chain.expectRefusal(.commissionBelowMinimum, of: .createValidator(0, 10, rate: "0.04"), from: sender)
            try chain.send(.createValidator(0, 10, rate: "0.05"), from: sender)
        }
    }

    @Test("A commission changes once in 24 hours, by the validator's largest change, up to its maximum")
    func editsCommission() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([10])
        let sender = Account.validator(0)
        try chain.block {
            try chain.expectRefusal(
                .commissionChangedRecently,
                of: .edit { $0.commissionRate = "0.1" },
                from: sender
            )
        }
        try chain.block(after: 86_400) {
            try chain.expectRefusal(.commissionChangeTooLarge, of: .edit { $0.commissionRate = "0.111" }, from: sender)
            try chain.expectRefusal(.commissionAboveMaximum, of: .edit { $0.commissionRate = "0.21" }, from: sender)
            try chain.send(.edit { $0.commissionRate = "0.09" }, from: sender)
            try chain.expectRefusal(.commissionChangedRecently, of: .edit { $0.commissionRate = "0.1" }, from: sender)
        }
        let query = StakingQuery.with { $0.validator.operator = Account.operatorText(sender) }
        #expect(try chain.ask(query).validator.commission.rate == "0.090000000000000000")
    }

    @Test("What an edit leaves out stays; the minimum of the own delegation only rises, up to that delegation")
    func editsDescription() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([100])
        let sender = Account.validator(0)
        try chain.block {
            try chain.send(.edit { $0.website = "https://example.org" }, from: sender)
            try chain.send(.edit { $0.minSelfDelegation = "50" }, from: sender)
            try chain.expectRefusal(
                .minSelfDelegationDecreased,
                of: .edit { $0.minSelfDelegation = "50" },
                from: sender
            )
            try chain.expectRefusal(
                .selfDelegationBelowMinimum,
                of: .edit { $0.minSelfDelegation = "101" },
                from: sender
            )
            try chain.expectRefusal(.validatorNotFound, of: .edit { $0.moniker = "x" }, from: Account.validator(1))
        }
        let query = StakingQuery.with { $0.validator.operator = Account.operatorText(sender) }
        let validator = try chain.ask(query).validator
        #expect(validator.description_p.moniker == "validator 0")
        #expect(validator.description_p.website == "https://example.org")
        #expect(validator.minSelfDelegation == "50")
    }

    @Test("An operator that falls below its own minimum is jailed, and returns when it has delegated enough")
    func jailsBelowMinimum() throws {
        let chain = try StakingChain.fresh()
        try chain.block {
            try chain.send(.createValidator(0, 5_000_000, minimum: 4_000_000), from: Account.validator(0))
        }
        try chain.block {
            try chain.send(.undelegate(1_000_000, from: 0), from: Account.validator(0))
            #expect(try !chain.stake(of: 0).isJailed)
            try chain.send(.undelegate(1, from: 0), from: Account.validator(0))
            #expect(try chain.stake(of: 0).isJailed)
            try chain.expectRefusal(.selfDelegationBelowMinimum, of: .unjail, from: Account.validator(0))
        }
        #expect(try chain.activeSet().isEmpty)
        try chain.block {
            try chain.send(.delegate(1, to: 0), from: Account.validator(0))
            try chain.send(.unjail, from: Account.validator(0))
            try chain.expectRefusal(.validatorNotJailed, of: .unjail, from: Account.validator(0))
        }
        #expect(try chain.activeSet() == ["validator 0: 4"])
        #expect(try chain.violations() == [])
    }

    @Test("A message without content and a message with an unknown field are refused")
    func refusesUnknown() throws {
        let chain = try StakingChain.fresh()
        try chain.block {
            try chain.expectRefusal(.unknownMessage, of: StakingMessage(), from: Account.user(0))
            let bytes: [UInt8] = [0xF8, 0x07, 0x01]
            let error = #expect(throws: ModuleError.self) {
                try chain.execution.unit(transaction: 1, signer: Account.user(0)) { () throws(ModuleError) in
                    try chain.staking.handle(bytes, chain.execution, sender: Account.user(0))
                }
            }
            #expect(error?.code == .unknownField)
        }
    }
}
