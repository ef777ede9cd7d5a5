import BankEvents
import Counter
import Crypto
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing

@Suite("A signed transaction")
struct TransactionTests {
    @Test("moves coins, uses up a sequence, and leaves a receipt that is found by its hash")
    func transfer() throws {
        let chain = try TestChain()
        let transaction = try chain.send("1000", from: chain.alice, to: chain.bob)
        let finalized = try chain.block([transaction])
        #expect(finalized.results.map(\.error) == [nil])
        #expect(try chain.balance(chain.alice) == "999000")
        #expect(try chain.balance(chain.bob) == "501000")
        #expect(try chain.sequence(chain.alice) == 1)
        let hash = try #require(Hash(finalized.results[0].hash))
        #expect(try chain.host.store.log.receipts(of: hash) == [finalized.events.upperBound - 1])
    }

    @Test("that was executed is refused the second time, and the balance moves once")
    func replayed() throws {
        let chain = try TestChain()
        let transaction = try chain.send("1000", from: chain.alice, to: chain.bob)
        let results = try chain.block([transaction, transaction]).results
        #expect(results[0].error == nil)
        #expect(results[1].error?.code == .wrongSequence)
        #expect(results[1].error?.message.contains("is at sequence 1") == true)
        #expect(try chain.balance(chain.alice) == "999000")
        #expect(try chain.sequence(chain.alice) == 1)
    }

    @Test("with any one byte changed is refused or does something else than it says, never what was not signed")
    func mangled() throws {
        let chain = try TestChain()
        let transaction = try chain.send("1000", from: chain.alice, to: chain.bob)
        for place in transaction.indices {
            var mangled = transaction
            mangled[place] ^= 1
            let result = try chain.host.checkTransaction(mangled)
            #expect(!result.isSuccess, "byte \(place)")
        }
        #expect(try chain.host.checkTransaction(transaction).isSuccess)
    }

    @Test("signed for another chain does not hold")
    func wrongChain() throws {
        let chain = try TestChain()
        var builder = TransactionBuilder(chainID: "other-chain-1", addresses: TestChain.prefixes)
        builder.add(try TestChain.sendMessage("1", to: chain.bob), to: "bank", from: chain.alice.address)
        let result = try chain.host.checkTransaction(try builder.signed(by: [.single(chain.alice.key, sequence: 0)]))
        #expect(result.error?.code == .invalidSignature)
        #expect(result.error?.message.contains("chain id") == true)
    }

    @Test("signed by somebody else's key is refused")
    func wrongKey() throws {
        let chain = try TestChain()
        var builder = chain.builder()
        builder.add(try TestChain.sendMessage("1", to: chain.bob), to: "bank", from: chain.alice.address)
        let result = try chain.host.checkTransaction(try builder.signed(by: [.single(chain.bob.key, sequence: 0)]))
        #expect(result.error?.code == .invalidSignature)
    }

    @Test("without its signature, or with one too many, is refused")
    func wrongNumberOfSignatures() throws {
        let chain = try TestChain()
        var builder = chain.builder()
        builder.add(try TestChain.sendMessage("1", to: chain.bob), to: "bank", from: chain.alice.address)
        #expect(try chain.host.checkTransaction(try builder.signed(by: [])).error?.code == .invalidSignature)
        let twice = try builder.signed(by: [
            .single(chain.alice.key, sequence: 0), .single(chain.bob.key, sequence: 0),
        ])
        #expect(try chain.host.checkTransaction(twice).error?.code == .invalidSignature)
    }

    @Test("does all that it asks for, or nothing")
    func atomic() throws {
        let chain = try TestChain()
        let good = try TestChain.sendMessage("10", to: chain.bob)
        let tooMuch = try TestChain.sendMessage("99999999999", to: chain.bob)
        let transaction = try chain.signed([("bank", good), ("bank", tooMuch)], by: chain.alice)
        let result = try chain.block([transaction]).results[0]
        #expect(result.error?.message.hasPrefix("request 1: ") == true)
        #expect(result.events.count == 1, "the receipt alone")
        #expect(try chain.balance(chain.alice) == "1000000")
        #expect(try chain.sequence(chain.alice) == 1, "a failed transaction costs its sequence")
    }

    @Test("of two accounts needs both signatures, each with its own sequence")
    func twoSigners() throws {
        let chain = try TestChain()
        try chain.block([try chain.send("5", from: chain.bob, to: chain.alice)])
        var builder = chain.builder()
        builder.add(try TestChain.sendMessage("7", to: chain.bob), to: "bank", from: chain.alice.address)
        builder.add(try TestChain.sendMessage("3", to: chain.alice), to: "bank", from: chain.bob.address)
        let transaction = try builder.signed(by: [
            .single(chain.alice.key, sequence: 0), .single(chain.bob.key, sequence: 1),
        ])
        #expect(try chain.block([transaction]).results[0].error == nil)
        #expect(try chain.balance(chain.alice) == "1000001")
        #expect(try chain.sequence(chain.bob) == 2)
    }

    @Test("is refused when it is over a limit of size or count")
    func oversized() throws {
        var limits = TransactionLimits()
        limits.transactionBytesMax = 600
        limits.requestsMax = 2
        limits.memoBytesMax = 8
        let chain = try TestChain(limits: limits)
        let message = try TestChain.sendMessage("1", to: chain.bob)
        let three = try chain.signed([("bank", message), ("bank", message), ("bank", message)], by: chain.alice)
        #expect(try chain.host.checkTransaction(three).error?.code == .invalidTransaction)
        let memo = try chain.signed([("bank", message)], by: chain.alice) { $0.memo = "123456789" }
        #expect(try chain.host.checkTransaction(memo).error?.message.contains("memo") == true)
        let large = [UInt8](repeating: 0, count: 601)
        #expect(try chain.host.checkTransaction(large).error?.message.contains("601 bytes") == true)
        #expect(try chain.host.checkTransaction([]).error != nil)
    }

    @Test("is good up to its timeout height, and not after")
    func timeout() throws {
        let chain = try TestChain()
        let message = try TestChain.sendMessage("1", to: chain.bob)
        let first = chain.host.lastHeader.height + 1
        let inTime = try chain.signed([("bank", message)], by: chain.alice) { $0.timeoutHeight = first }
        try chain.block()
        #expect(try chain.block([inTime]).results[0].error?.code == .timedOut)
        #expect(try chain.sequence(chain.alice) == 0)
    }

    @Test("stops at its work limit, and the same work costs the same in a warm and in a cold process")
    func workLimit() throws {
        let chain = try TestChain()
        let message = try TestChain.sendMessage("1", to: chain.bob)
        let needed = try chain.host.checkTransaction(try chain.signed([("bank", message)], by: chain.alice)).workUsed
        let poor = try chain.signed([("bank", message)], by: chain.alice) { $0.workLimit = needed - 20 }
        #expect(try chain.block([poor]).results[0].error?.code == .outOfWork)
        let warm = try chain.host.checkTransaction(try chain.signed([("bank", message)], by: chain.alice))
        try chain.reopen()
        let cold = try chain.host.checkTransaction(try chain.signed([("bank", message)], by: chain.alice))
        #expect(warm.isSuccess && cold.isSuccess)
        #expect(warm.workUsed == cold.workUsed)
    }

    @Test(
        "with an amount that is none is refused, with a message that names it",
        arguments: ["-5", "1.5", "", "01", "1e3", " 1", "340282366920938463463374607431768211456", "0x10", "٣"]
    )
    func badAmounts(_ amount: String) throws {
        let chain = try TestChain()
        let result = try chain.block([try chain.send(amount, from: chain.alice, to: chain.bob)]).results[0]
        #expect(result.error != nil)
        #expect(try chain.balance(chain.alice) == "1000000")
    }

    @Test("for an unknown instance, an unknown request, or with an unknown field is refused")
    func unknown() throws {
        let chain = try TestChain()
        let message = try TestChain.sendMessage("1", to: chain.bob)
        let nowhere = try chain.signed([("vault", message)], by: chain.alice)
        #expect(try chain.host.checkTransaction(nowhere).error?.code == .unknownInstance)
        let unknownRequest: [UInt8] = [0xFA, 0x01, 0x00]
        let strange = try chain.signed([("bank", unknownRequest)], by: chain.alice)
        #expect(try chain.host.checkTransaction(strange).error?.code == .unknownField)
        let extended = try chain.signed([("bank", message + [0xF8, 0x01, 0x01])], by: chain.alice)
        #expect(try chain.host.checkTransaction(extended).error?.code == .unknownField)
        let empty = try chain.signed([("bank", [])], by: chain.alice)
        #expect(try chain.host.checkTransaction(empty).error?.code == .unknownMessage)
    }

    @Test("of a k-of-n account needs k of its keys, in order, each once")
    func multisig() throws {
        let chain = try TestChain()
        let keys = try ["one", "two", "three"].map { try TestAccount($0).key }
        let publicKeys = keys.map { Array($0.publicKey.rawRepresentation) }
        let account = try Address(
            multisigThreshold: 2,
            publicKeys: publicKeys.map { LegacyPublicKey.ed25519($0) }
        )
        let accountText = TestChain.prefixes.format(account, as: .account)
        let fund = BankMessage.with {
            $0.send.toAddress = accountText
            $0.send.amount = [
                .with {
                    $0.denom = "umesh"
                    $0.amount = "100"
                }
            ]
        }
        try chain.block([try chain.signed([("bank", try fund.encodedBytes())], by: chain.alice)])

        func transaction(_ signing: [Int], threshold: Int = 2) throws -> [UInt8] {
            var builder = chain.builder()
            builder.add(try TestChain.sendMessage("40", to: chain.bob), to: "bank", from: account)
            return try builder.signed(by: [
                .multisig(
                    threshold: threshold,
                    publicKeys: publicKeys,
                    keys: signing.map { ($0, keys[$0]) },
                    sequence: 0
                )
            ])
        }
        #expect(try chain.host.checkTransaction(try transaction([0])).error?.code == .invalidSignature)
        #expect(try chain.host.checkTransaction(try transaction([1, 1])).error?.code == .invalidSignature)
        #expect(try chain.host.checkTransaction(try transaction([2, 0])).error?.code == .invalidSignature)
        #expect(try chain.host.checkTransaction(try transaction([0, 2])).isSuccess)
        #expect(try chain.host.checkTransaction(try transaction([0, 1, 2])).isSuccess)
        #expect(try chain.block([try transaction([0, 2])]).results[0].error == nil)
        #expect(try chain.balance(chain.bob) == "500040")
    }
}
