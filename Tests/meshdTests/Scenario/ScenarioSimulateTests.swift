import Testing

@Suite("meshd simulate")
struct ScenarioSimulateTests {
    @Test("A small simulation holds, and tells what was done")
    func holds() throws {
        let folder = try TestFolder()
        let outcome = try folder.succeed("simulate", "--seed", "3", "--steps", "8", "--chains", "2", "--output", "json")
        let document = try outcome.json
        #expect(document["holds"].flag == true)
        #expect(document["violation"].isNull)
        #expect(document["steps"].number == 8)
        #expect(document["chains"].elements.count == 2)
        #expect(document["operations"]["native_transfer"].number != nil)
        #expect(document["packets"]["under_way"].number == 0)
    }

    @Test(
        "Numbers out of their bounds are wrong usage",
        arguments: [["--steps", "0"], ["--chains", "1"], ["--chains", "17"], ["--check-every", "0"]]
    )
    func usage(_ arguments: [String]) throws {
        #expect(try TestFolder().run(["simulate"] + arguments).exitCode == 2)
    }
}
