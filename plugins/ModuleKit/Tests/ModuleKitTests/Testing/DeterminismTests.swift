import ModuleKit
import ModuleTesting
import Testing

@Suite("A determinism check")
struct DeterminismTests {
    @Test("finds that the ledger comes to the same in two processes")
    func sameInTwoProcesses() throws {
        let digest = try DeterminismCheck().run { random in
            let harness = try ModuleHarness(Ledger(), neighbours: [AcceptingNeighbour<LedgerEvent>()])
            var generator = ScriptGenerator(random: random)
            for _ in 0..<3 {
                for _ in 0..<5 { try harness.when(.steps(generator.steps()), from: .named("alice")) }
                try harness.nextBlock()
            }
            return try harness.digest()
        }
        #expect(digest.count == 32)
    }

    @Test("finds a scenario that depends on the order of a set")
    func setOrder() throws {
        var found: HarnessError?
        do {
            try DeterminismCheck().run { _ in Array(Set(UInt8.min...UInt8.max)) }
        } catch let error as HarnessError {
            found = error
        }
        #expect(found?.code == .processesDiffer || DeterminismCheck.isSecondProcess)
    }

    @Test("says so when the second process does not get to the scenario")
    func noSuchTest() throws {
        var check = DeterminismCheck(test: "thereIsNoSuchTest()")
        #expect(throws: HarnessError.self) { try check.run { _ in [] } }
        check.executable = "/bin/false"
        #expect(throws: HarnessError.self) { try check.run { _ in [] } }
        check.executable = "/there/is/no/such/program"
        #expect(throws: HarnessError.self) { try check.run { _ in [] } }
    }
}

@Suite("A test's seed")
struct TestSeedTests {
    @Test("is what the environment names")
    func named() throws {
        #expect(try TestSeed.named(in: [:]) == nil)
        #expect(try TestSeed.named(in: [TestSeed.variable: "1234"]) == 1234)
        #expect(try TestSeed.named(in: [TestSeed.variable: "0xFf"]) == 255)
        for text in ["", "-1", "0x", "12a", "18446744073709551616"] {
            #expect(throws: HarnessError.self) { try TestSeed.named(in: [TestSeed.variable: text]) }
        }
    }

    @Test("gives the published sequence of SplitMix64")
    func published() {
        // Vigna, splitmix64.c, seed 1234567.
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect((0..<5).map { _ in random.next() } == expected)
    }
}
