import Bank
import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import Testing

@Suite("A fee")
struct FeeTests {
    private func chain(_ limits: TransactionLimits = TransactionLimits()) throws -> TestChain {
        try TestChain([Till()], limits: limits)
    }

    /// Alice sends Bob coins and pays a fee.
    private func send(_ chain: TestChain, _ amount: String, fee: String, workLimit: UInt64 = 0) throws -> [UInt8] {
        let coins = try Coins(fee)
        return try chain.signed([("bank", try TestChain.sendMessage(amount, to: chain.bob))], by: chain.alice) {
            ($0.fee, $0.workLimit) = (coins, workLimit)
        }
    }

    @Test("is paid before the requests, to the instance that takes fees, and is signed for with the rest")
    func paid() throws {
        let chain = try chain()
        let block = try chain.block([try send(chain, "1000", fee: "100umesh")])
        #expect(
            try chain.story(of: block) == [
                "host fee_charged", "till spoken < 0", "bank transferred < 1", "bank transferred",
                "host transaction_executed",
            ]
        )
        #expect(try chain.balance(chain.alice) == "998900")
        #expect(try chain.balance(chain.bob) == "501000")
        #expect(try chain.sequence(chain.alice) == 1)

        var altered = try ProtoTransaction(serializedBytes: try send(chain, "1000", fee: "100umesh"))
        var body = try ProtoBody(serializedBytes: altered.body)
        body.fee[0].amount = "99"
        altered.body = try body.serializedData()
        let check = try chain.host.checkTransaction(Array(try altered.serializedData()))
        #expect(check.error?.code == .invalidSignature)
    }

    @Test("stays paid when the transaction fails, also where it is out of work from the start")
    func failing() throws {
        let chain = try chain()
        let tooMuch = try chain.block([try send(chain, "99999999", fee: "100umesh")])
        #expect(tooMuch.results[0].error?.code == .insufficientFunds)
        #expect(try chain.story(of: tooMuch).last == "host transaction_executed")
        #expect(try chain.balance(chain.alice) == "999900")
        let noWork = try chain.block([try send(chain, "1", fee: "50umesh", workLimit: 1)])
        #expect(noWork.results[0].error?.code == .outOfWork)
        #expect(try chain.balance(chain.alice) == "999850")
        #expect(try chain.balance(chain.bob) == "500000")
        #expect(try chain.sequence(chain.alice) == 2)
    }

    @Test("counts towards the work limit")
    func work() throws {
        let chain = try chain()
        let free = try chain.host.checkTransaction(try send(chain, "1", fee: "")).workUsed
        let used = try chain.host.checkTransaction(try send(chain, "1", fee: "5umesh")).workUsed
        #expect(used > free)
        let enough = try send(chain, "1", fee: "5umesh", workLimit: used + 20)
        #expect(try chain.host.checkTransaction(enough).isSuccess)
        let short = try send(chain, "1", fee: "5umesh", workLimit: used - 20)
        #expect(try chain.host.checkTransaction(short).error?.code == .outOfWork)
    }

    @Test("that can't be paid refuses the transaction before its requests, which costs its sequence and is recorded")
    func unpayable() throws {
        let chain = try chain()
        for (fee, code) in [("1000001umesh", ModuleError.Code.insufficientFunds), ("1uatom", .invalidCoins)] {
            let block = try chain.block([try send(chain, "1", fee: fee)])
            #expect(block.results[0].error?.code == code)
            #expect(block.results[0].error?.message.contains("the fee of \(fee)") == true)
            #expect(try chain.story(of: block) == ["host transaction_executed"])
        }
        #expect(try chain.balance(chain.alice) == "1000000")
        #expect(try chain.balance(chain.bob) == "500000")
        #expect(try chain.sequence(chain.alice) == 2)
    }

    @Test("is the first sender's, where several accounts sign")
    func firstSender() throws {
        let chain = try chain()
        var builder = chain.builder()
        builder.add(try TestChain.sendMessage("7", to: chain.alice), to: "bank", from: chain.bob.address)
        builder.add(try TestChain.sendMessage("3", to: chain.bob), to: "bank", from: chain.alice.address)
        builder.fee = try Coins("100umesh")
        let transaction = try builder.signed(by: [
            .single(chain.bob.key, sequence: 0), .single(chain.alice.key, sequence: 0),
        ])
        #expect(try chain.block([transaction]).results[0].error == nil)
        #expect(try chain.balance(chain.bob) == "499896")
        #expect(try chain.balance(chain.alice) == "1000004")
    }

    @Test("is not charged to whom the sequence or the time is wrong")
    func notAdmitted() throws {
        let chain = try chain()
        let transaction = try send(chain, "1", fee: "100umesh")
        let results = try chain.block([transaction, transaction]).results
        #expect(results[1].error?.code == .wrongSequence)
        #expect(try chain.balance(chain.alice) == "999899")
    }

    @Test("is refused on a chain where nobody takes fees")
    func nobody() throws {
        let chain = try TestChain()
        let block = try chain.block([try send(chain, "1", fee: "1umesh")])
        #expect(block.results[0].error?.code == .feeNotTaken)
        #expect(try chain.sequence(chain.alice) == 1)
        #expect(try chain.balance(chain.bob) == "500000")
    }

    @Test("is taken by one module of a set at most")
    func twoTakers() throws {
        let error = #expect(throws: HostError.self) { try ModuleRegistry(Bank(), Till(), SecondTill()) }
        #expect(error?.code == .invalidModuleSet)
    }

    @Test("that is no set of coins, or has too many denominations, makes the transaction malformed")
    func malformed() throws {
        var limits = TransactionLimits()
        limits.feeCoinsMax = 1
        let chain = try chain(limits)
        let two = try chain.block([try send(chain, "1", fee: "1uatom,1umesh")]).results[0]
        #expect(two.error?.code == .invalidTransaction)
        #expect(two.error?.message.contains("2 denominations") == true)
        #expect(try chain.sequence(chain.alice) == 0)
        for amount in ["0", "-1", "x", ""] {
            var transaction = try ProtoTransaction(serializedBytes: try send(chain, "1", fee: "1umesh"))
            var body = try ProtoBody(serializedBytes: transaction.body)
            body.fee[0].amount = amount
            transaction.body = try body.serializedData()
            let result = try chain.host.checkTransaction(Array(try transaction.serializedData()))
            #expect(result.error?.code == .invalidTransaction, "\(amount)")
        }
    }

    @Test("below what a node asks for is refused by its check, and by no block")
    func minimum() throws {
        let chain = try chain()
        try chain.reopen(options: HostOptions(minimumFees: try Coins("7uatom,100umesh")))
        for fee in ["", "99umesh", "6uatom,99umesh"] {
            let check = try chain.host.checkTransaction(try send(chain, "1", fee: fee))
            #expect(check.error?.code == .insufficientFee)
            #expect(check.error?.message.contains("7uatom or 100umesh") == true)
        }
        #expect(try chain.host.checkTransaction(try send(chain, "1", fee: "100umesh")).isSuccess)
        // Enough of one denomination is enough; that the till does not take it is another matter.
        #expect(try chain.host.checkTransaction(try send(chain, "1", fee: "7uatom")).error?.code == .invalidCoins)
        #expect(try chain.block([try send(chain, "1", fee: "")]).results[0].error == nil)
    }
}
