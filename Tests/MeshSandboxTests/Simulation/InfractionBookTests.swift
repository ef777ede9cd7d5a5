import ExternalStakingEvents
import ModuleKit
import Testing

@testable import MeshSandbox

/// What may be taken for an infraction at the hundredth second, a tenth of stake, with clocks that are apart by ten seconds.
@Suite("The book of infractions")
final class InfractionBookTests {
    private var book = InfractionBook(drift: .seconds(10))

    private static func time(_ second: UInt64) -> Timestamp { Timestamp(nanoseconds: second * 1_000_000_000) }

    private static let stake = ExternalStakingStakeOwner.with {
        $0.owner = "alice"
        $0.validator = "val"
    }

    private func note(_ second: UInt64, _ write: (inout ExternalStakingEvent) -> Void) throws {
        try book.note(.with(write), at: Self.time(second))
    }

    /// Stake that is sent and arrives five seconds later.
    private func stake(_ amount: Int, _ transaction: UInt64, sentAt second: UInt64, arrives: Bool = true) throws {
        try note(second) {
            $0.stakeSent.transaction = transaction
            $0.stakeSent.stake = Self.stake
            $0.stakeSent.amount = "\(amount)"
        }
        guard arrives else { return }
        try note(second + 5) {
            $0.stakeCommitted.transaction = transaction
            $0.stakeCommitted.stake = Self.stake
            $0.stakeCommitted.amount = "\(amount)"
            $0.stakeCommitted.unbonding = "0"
        }
    }

    private func unstake(_ amount: Int, at second: UInt64) throws {
        try note(second) {
            $0.unstakeCommitted.stake = Self.stake
            $0.unstakeCommitted.amount = "\(amount)"
        }
    }

    private func infraction(at second: UInt64 = 100, _ fraction: String = "0.1") throws {
        try note(200) {
            $0.infractionRecorded.validator = "val"
            $0.infractionRecorded.infraction.time = Self.time(second).nanoseconds
            $0.infractionRecorded.infraction.fraction = fraction
        }
    }

    private func pay(_ amount: Int) throws {
        try note(201) {
            $0.liabilitySettled.stake = Self.stake
            $0.liabilitySettled.amount = "\(amount)"
        }
    }

    @Test("A fraction of the stake, rounded down, is neither too much nor too little; one unit more or less is")
    func fraction() throws {
        try stake(1_009, 1, sentAt: 10)
        try infraction()
        #expect(try book.escapes() == ["of alice at val 0 were taken, and 100 at least were owed"])
        try pay(99)
        #expect(try book.escapes() == ["of alice at val 99 were taken, and 100 at least were owed"])
        try pay(1)
        #expect(try book.excesses() == [])
        #expect(try book.escapes() == [])
        try pay(1)
        #expect(try book.excesses() == ["of alice at val 101 were taken, and 100 at most were owed"])
    }

    @Test("Of several infractions the most is owed, not the sum, and nothing by whom nobody has proven anything of")
    func several() throws {
        try stake(1_000, 1, sentAt: 10)
        try pay(1)
        #expect(try book.excesses() == ["of alice at val 1 were taken, and 0 at most were owed"])
        try infraction(at: 100)
        try infraction(at: 120, "0.2")
        try pay(199)
        #expect(try book.excesses() == [])
        #expect(try book.escapes() == [])
        try pay(1)
        #expect(try book.excesses().count == 1)
    }

    @Test("Stake that was sent or given up within the difference of the clocks may answer, and need not")
    func drift() throws {
        try stake(1_000, 1, sentAt: 10)
        try stake(500, 2, sentAt: 105)
        try stake(300, 3, sentAt: 111)
        try unstake(400, at: 95)
        try infraction()
        try pay(60)
        #expect(try book.escapes() == [])
        try pay(90)
        #expect(try book.excesses() == [])
        try pay(1)
        #expect(try book.excesses() == ["of alice at val 151 were taken, and 150 at most were owed"])
    }

    @Test("What never arrived, was withdrawn or was cut does not answer")
    func gone() throws {
        try stake(1_000, 1, sentAt: 10)
        try stake(500, 2, sentAt: 20, arrives: false)
        try note(30) {
            $0.stakeRolledBack.stake = Self.stake
            $0.stakeRolledBack.amount = "500"
        }
        try unstake(200, at: 40)
        try note(60) {
            $0.withdrawn.owner = "alice"
            $0.withdrawn.parts = [
                .with {
                    $0.validator = "val"
                    $0.amount = "200"
                }
            ]
        }
        try note(70) {
            $0.lienCut.owner = "alice"
            $0.lienCut.parts = [
                .with {
                    $0.validator = "val"
                    $0.amount = "300"
                }
            ]
        }
        try infraction()
        try pay(49)
        #expect(try book.escapes() == ["of alice at val 49 were taken, and 50 at least were owed"])
        try pay(1)
        #expect(try book.escapes() == [])
        #expect(try book.excesses() == [])
        try pay(1)
        #expect(try book.excesses() == ["of alice at val 51 were taken, and 50 at most were owed"])
    }

    @Test("After the closing of the channel all unbonds, and answers only for what was before")
    func closing() throws {
        try stake(1_000, 1, sentAt: 10)
        try note(80) { $0.channelClosed = .init() }
        try infraction()
        #expect(try book.escapes() == [])
        try infraction(at: 60)
        #expect(try book.escapes() == ["of alice at val 0 were taken, and 100 at least were owed"])
    }
}
