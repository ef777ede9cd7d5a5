import BankEvents
import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import NativeStaking
import StakingEvents
import Storage

/// A log of transfers and delegations over many live accounts, made without signatures, straight through the machine.
struct TransferLog {
    let chain: TransferChain
    let home: String
    let eventCount: UInt64

    init(blocks: Int, size: Int, accounts: Int, at home: String) throws {
        chain = try TransferChain(accountCount: accounts)
        self.home = home
        let (host, _) = try ChainHost.create(
            at: home,
            genesis: chain.genesis,
            registry: chain.registry,
            options: HostOptions(durability: .none, provableHeights: 0)
        )
        let messages = try Messages(chain)
        for height in 1...UInt64(blocks) {
            try Self.block(at: height, size: size, host, chain, messages)
        }
        eventCount = try host.store.log.count()
        try host.store.close()
    }

    /// Nine transfers, then a delegation, and so on; each a unit of its own, as a transaction's messages are.
    private static func block(
        at height: UInt64,
        size: Int,
        _ host: ChainHost,
        _ chain: TransferChain,
        _ messages: Messages
    ) throws {
        let machine = host.machine
        let execution = machine.execution
        let (bank, staking) = (try machine.instance(called: "bank"), try machine.instance(called: "staking"))
        let time = 1_767_225_600_000_000_000 + height
        var inputs = ByteArena()
        inputs.append(try BlockInput.report(EngineReport(), lightBlock: []).encoded())
        execution.startBlock(
            BlockInfo(chainID: host.chainID, height: height, time: Timestamp(nanoseconds: time)),
            nextSequence: try host.store.log.count()
        )
        for index in 0..<size {
            let place = Int(height) * size + index
            let sender = chain.accounts[place % chain.accounts.count].address
            let isDelegation = index % 10 == 9
            let message =
                isDelegation
                ? messages.delegation : messages.transfers[(place &* 7_919 + 104_729) % messages.transfers.count]
            try execution.unit(transaction: 1, signer: sender) { () throws(ModuleError) in
                try (isDelegation ? staking : bank).handle(message, execution, sender: sender)
            }
            execution.settle()
        }
        let content = BlockContent(
            height: height,
            timeNanoseconds: time,
            inputs: inputs,
            records: ByteArena(enveloping: execution.events, height: height),
            writes: try WriteSet(try execution.sealState())
        )
        try host.store.append(content).wait()
    }

    /// The encoded messages that the log is made of.
    private struct Messages {
        let transfers: [[UInt8]]
        let delegation: [UInt8]

        init(_ chain: TransferChain) throws {
            transfers = try chain.accounts.indices.map { index in
                try BankMessage.with {
                    $0.send.toAddress = chain.text(index)
                    $0.send.amount = [
                        .with {
                            $0.denom = "umesh"
                            $0.amount = "7"
                        }
                    ]
                }
                .encodedBytes()
            }
            delegation = try StakingMessage.with {
                $0.delegate.validator = chain.validator
                $0.delegate.amount.denom = "umesh"
                $0.delegate.amount.amount = "11"
            }
            .encodedBytes()
        }
    }
}
