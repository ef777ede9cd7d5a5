import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import StakingEvents

/// One of the two kinds of chains, with a `Switchboard` in the place of Interchain.
protocol ReferenceChain: AnyObject {
    associatedtype Module: ProtocolModule
    var harness: ModuleHarness<Module> { get }
}

extension ReferenceChain {
    /// The block before the first step; in the transcripts it is block 101.
    static var lastBlockOfSetup: UInt64 { 11 }

    /// So that the first step happens at 1 700 000 010 seconds, as in the transcripts.
    static var genesisTime: Timestamp {
        Timestamp(nanoseconds: (1_700_000_010 - 5 * (lastBlockOfSetup + 1)) * 1_000_000_000)
    }

    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }
    func operatorText(_ address: Address) -> String { harness.addresses.format(address, as: .validatorOperator) }

    func relay(_ message: InterchainMessage) throws -> Happening {
        Happening(try harness.when(message, to: Switchboard.self, from: .relayer))
    }

    func send<Other: ProtocolModule>(_ message: Other.Message, to module: Other.Type, from sender: Address) throws
        -> Happening
    {
        Happening(try harness.when(message, to: module, from: sender))
    }

    /// Ends the block and begins the next, so much later.
    func nextBlock(after seconds: UInt64 = 5) throws -> Happening {
        let outcome = try harness.nextBlock(
            after: TimeSpan(nanoseconds: seconds * 1_000_000_000),
            toleratingFailures: true
        )
        var happening = Happening()
        happening.events = outcome.events
        happening.error = outcome.failures.first?.error
        return happening
    }

    /// A genesis with coins for the faucet and for the operators of validators.
    func importGenesis(_ denom: String, _ operators: [Address]) throws {
        let balances: [JSONValue] = ([.faucet] + operators).map {
            ["address": .string(text($0)), "coins": [["denom": .string(denom), "amount": "1000000000000"]]]
        }
        try harness.given(.genesis(appState: ["bank": ["balances": .array(balances)]]), .authority(.authority))
    }
}

extension ProtoCoin {
    init(_ amount: UInt64, _ denom: String) {
        self = .with {
            $0.denom = denom
            $0.amount = String(amount)
        }
    }
}

extension StakingMessage {
    /// A validator that puts so much at stake itself.
    static func creatingValidator(_ name: String, _ bond: ProtoCoin) -> StakingMessage {
        .with {
            $0.createValidator = .with {
                $0.description_p.moniker = name
                $0.commission.rate = "0"
                $0.commission.maxRate = "0.2"
                $0.commission.maxChangeRate = "0.01"
                $0.minSelfDelegation = "1"
                $0.consensusKey = Data(Names.key(name))
                $0.value = bond
            }
        }
    }
}
