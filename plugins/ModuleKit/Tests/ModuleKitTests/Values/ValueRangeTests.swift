import ModuleKit
import Testing

@Suite("ValueRange")
struct ValueRangeTests {
    @Test("Operations move only their own end until they commit")
    func lifecycle() throws {
        var range = ValueRange(committed: 100)
        try range.prepareAddition(50)
        try range.prepareSubtraction(30)
        #expect(range.description == "{70, 150}")
        try range.commitSubtraction(30)
        #expect(range.description == "{70, 120}")
        try range.rollBackAddition(20)
        #expect(range.description == "{70, 100}")
        try range.commitAddition(30)
        #expect(range == ValueRange(committed: 100))
        #expect(range.isSettled)
    }

    @Test("Subtractions are checked against the low end, whatever is still coming")
    func pessimism() throws {
        var range = ValueRange(committed: 10)
        try range.prepareAddition(90)
        try range.prepareSubtraction(10)
        let before = range
        #expect(code { try range.prepareSubtraction(1) } == .arithmeticUnderflow)
        #expect(range == before)
    }

    @Test("More than is in flight can't be settled, and nothing changes")
    func settlingTooMuch() throws {
        var range = ValueRange(committed: 10)
        try range.prepareAddition(5)
        try range.prepareSubtraction(5)
        let before = range
        #expect(code { try range.commitAddition(6) } == .invalidState)
        #expect(code { try range.rollBackAddition(6) } == .invalidState)
        #expect(code { try range.commitSubtraction(6) } == .invalidState)
        #expect(code { try range.rollBackSubtraction(6) } == .invalidState)
        #expect(range == before)
    }

    @Test("The high end never leaves the range of amounts")
    func largestHigh() throws {
        var range = ValueRange(committed: .max)
        #expect(code { try range.prepareAddition(1) } == .arithmeticOverflow)
        try range.prepareSubtraction(.max)
        #expect(range.low == .zero && range.high == .max)
        #expect(code { try range.prepareAddition(1) } == .arithmeticOverflow)
    }

    @Test("Stored parts that break an invariant are refused")
    func storedParts() throws {
        #expect(
            code { try ValueRange(committed: 1, additionsInFlight: 0, subtractionsInFlight: 2) } == .invalidState
        )
        #expect(
            code { try ValueRange(committed: .max, additionsInFlight: 1, subtractionsInFlight: 0) } == .invalidState
        )
        let range = try ValueRange(committed: 3, additionsInFlight: 4, subtractionsInFlight: 2)
        #expect(range.low == 1 && range.high == 7)
    }

    @Test("Cuts take what is there and say how much")
    func cuts() throws {
        var range = try ValueRange(committed: 100, additionsInFlight: 50, subtractionsInFlight: 30)
        #expect(range.cutLow(upTo: 1000) == 70)
        #expect(range.description == "{0, 80}")
        #expect(range.cutAdditions(upTo: 20) == 20)
        #expect(range.description == "{0, 60}")
        #expect(range.cutSubtractions(upTo: 1000) == 30)
        #expect(range.description == "{0, 30}")
        // What the operations still hold settles as ever.
        try range.commitAddition(30)
        #expect(range == ValueRange(committed: 30))
    }

    @Test("Any run of operations keeps the ends in order and leaves nothing behind", arguments: propertySeeds)
    func anyOrder(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<50 {
            var range = ValueRange(committed: Amount(UInt128(generator.next(below: 1000))))
            var flights: [(isAddition: Bool, amount: Amount)] = []
            var expected = range.committed
            for _ in 0..<40 {
                let amount = Amount(UInt128(generator.next(below: 100)))
                if generator.next(below: 2) == 0 {
                    let isAddition = generator.next(below: 2) == 0
                    let error = failure {
                        if isAddition {
                            try range.prepareAddition(amount)
                        } else {
                            try range.prepareSubtraction(amount)
                        }
                    }
                    if error == nil { flights.append((isAddition, amount)) } else { #expect(amount > range.low) }
                } else if !flights.isEmpty {
                    let flight = flights.remove(at: generator.next(below: flights.count))
                    switch (flight.isAddition, generator.next(below: 2) == 0) {
                    case (true, true):
                        try range.commitAddition(flight.amount)
                        expected = try expected.adding(flight.amount)
                    case (true, false): try range.rollBackAddition(flight.amount)
                    case (false, true):
                        try range.commitSubtraction(flight.amount)
                        expected = try expected.subtracting(flight.amount)
                    case (false, false): try range.rollBackSubtraction(flight.amount)
                    }
                }
                #expect(range.low <= range.committed && range.committed <= range.high)
                #expect(range.committed == expected)
            }
            for flight in flights {
                if flight.isAddition {
                    try range.rollBackAddition(flight.amount)
                } else {
                    try range.rollBackSubtraction(flight.amount)
                }
            }
            #expect(range == ValueRange(committed: expected))
        }
    }
}
