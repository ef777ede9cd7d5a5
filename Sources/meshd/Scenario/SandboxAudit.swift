import Foundation
import MeshAudit
import MeshSandbox

/// Audits the chains of a sandbox: every byte is verified, every privileged event stood under a grant, and the state is rebuilt
/// from the log alone.
enum SandboxAudit {
    static var auditor: ScenarioAuditor {
        ScenarioAuditor { chain in
            let verification = try Verification(home: chain.path, chainID: chain.chainID).run { _ in }
            guard verification.isSound else { return verdict("verify", verification.findings) }
            let privileges = try PrivilegeAudit(home: chain.path).run { _ in }
            guard privileges.isSound else { return verdict("privileges", privileges.findings) }
            let scratch = URL(fileURLWithPath: chain.path + "-replayed-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: scratch) }
            let replay = try Replay(home: chain.path, scratch: scratch.path, registry: chain.registry).run { _ in }
            guard replay.isSound else { return verdict("replay", replay.findings) }
            return .init(isSound: true, "sound, \(replay.blockCount) blocks")
        }
    }

    private static func verdict(_ audit: String, _ findings: [Finding]) -> ScenarioAuditor.Verdict {
        guard let first = findings.first else { return .init(isSound: false, "\(audit): not complete") }
        let more = findings.count > 1 ? ", and \((findings.count - 1).counting("finding")) more" : ""
        return .init(isSound: false, "\(audit): \(first.code.rawValue) at \(first.place), \(first.what)\(more)")
    }
}
