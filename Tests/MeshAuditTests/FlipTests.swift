import Foundation
import Testing

@testable import MeshAudit

@Suite("The fault campaign")
struct FlipTests {
    /// The executable of the children, which is built beside the tests.
    private var executable: String {
        get throws {
            var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
            while folder.path.count > 1 {
                folder.deleteLastPathComponent()
                let candidate = folder.appendingPathComponent("mesh-flip").path
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            }
            throw ChainFailure("mesh-flip is not built beside the tests")
        }
    }

    private func campaign(_ chain: AuditedChain, executable: String, arguments: [String], count: Int) throws
        -> FlipCampaign
    {
        FlipCampaign(
            home: chain.home,
            executable: executable,
            arguments: arguments,
            scratch: chain.folder.path,
            selection: .sample(count),
            seed: 20_261_122
        )
    }

    @Test("notices every flip of a sample, and children look at many each")
    func sample() throws {
        let chain = try AuditedChain(blockCount: 4)
        let campaign = try campaign(
            chain,
            executable: try executable,
            arguments: ["child", "{home}", "{scratch}"],
            count: 150
        )
        let report = try campaign.run()
        #expect(report.silent == [], "seed \(campaign.seed)")
        #expect(report.count == 150)
        #expect(report.counts.values.reduce(0, +) == 150)
        #expect((report.counts[.foundByVerify] ?? 0) > 10)
        #expect((report.counts[.foundByReplay] ?? 0) > 0)
        #expect((report.counts[.harmless] ?? 0) > 0)
        #expect(try chain.verify().isSound, "the home itself is never written to")
    }

    @Test("counts a child that dies as noticed, and starts another")
    func death() throws {
        let chain = try AuditedChain(blockCount: 1)
        let script = "echo ready; read line; kill -SEGV $$; read line"
        let report = try campaign(chain, executable: "/bin/sh", arguments: ["-c", script], count: 5).run()
        #expect(report.counts == [.childDied: 5])
        #expect(report.fatal.count == 5)
        #expect(report.fatal.allSatisfy { $0.detail.contains("signal 11") })
        #expect(report.isSound)
    }

    @Test("counts a child that hangs as noticed, and kills it")
    func hang() throws {
        let chain = try AuditedChain(blockCount: 1)
        let script = "echo ready; read line; while true; do read line; done"
        var campaign = try campaign(chain, executable: "/bin/sh", arguments: ["-c", script], count: 3)
        campaign.timeout = .milliseconds(500)
        let report = try campaign.run()
        #expect(report.counts == [.childHung: 3])
    }

    @Test("fails when a flip goes unnoticed")
    func silent() throws {
        let chain = try AuditedChain(blockCount: 1)
        let script = "echo ready; while read line; do echo silent content; done"
        let report = try campaign(chain, executable: "/bin/sh", arguments: ["-c", script], count: 4).run()
        #expect(!report.isSound)
        #expect(report.silent.count == 4)
        #expect(report.silent[0].detail == "content")
    }

    @Test("is an error when the child does not come up")
    func noChild() throws {
        let chain = try AuditedChain(blockCount: 1)
        let missing = try campaign(chain, executable: "/nonexistent", arguments: [], count: 1)
        #expect(throws: AuditError.self) { try missing.run() }
        let mute = try campaign(chain, executable: "/bin/sh", arguments: ["-c", "exit 3"], count: 1)
        let error = #expect(throws: AuditError.self) { try mute.run() }
        #expect(error?.code == .child)
    }

    @Test("chooses the same bits for the same seed, and every byte once when all are wanted")
    func selection() throws {
        let chain = try AuditedChain(blockCount: 1)
        var campaign = try campaign(chain, executable: "", arguments: [], count: 50)
        let flips = try campaign.selectedFlips()
        #expect(flips.count == 50)
        #expect(try campaign.selectedFlips() == flips)
        campaign.seed += 1
        #expect(try campaign.selectedFlips() != flips)
        campaign.selection = .everyByte
        let all = try campaign.selectedFlips()
        let files = try FileManager.default.contentsOfDirectory(atPath: chain.home)
        let size = try files.reduce(0) { sum, file in
            sum + (try Data(contentsOf: URL(fileURLWithPath: "\(chain.home)/\(file)"))).count
        }
        #expect(all.count == size)
        #expect(Set(all.map { "\($0.file) \($0.offset)" }).count == size)
        #expect(all.allSatisfy { Flip($0.description) == $0 })
    }

    @Test(
        "answers a child's questions about bits that do not exist with an error",
        arguments: ["", "data.mdb x 1", "../x 0 1", "data.mdb 0 8"]
    )
    func badLine(_ line: String) throws {
        #expect(Flip(line) == nil)
    }
}
