import MeshAudit

/// The progress of an audit: one bar for each of its stages.
final class AuditBar {
    private let console: Console
    private var stage: AuditProgress.Stage?
    private var bar: ProgressBar?

    init(_ console: Console) { self.console = console }

    func update(_ progress: AuditProgress) {
        if progress.stage != stage {
            finish()
            stage = progress.stage
            bar = console.progress(
                progress.stage.rawValue,
                unit: progress.stage.unit,
                total: progress.total > 0 ? progress.total : nil
            )
        }
        bar?.update(progress.completed)
    }

    func finish() { bar?.finish() }
}

extension AuditProgress.Stage {
    /// What is counted in a stage.
    fileprivate var unit: String {
        switch self {
        case .pages: "pages"
        case .headers, .signatures, .reexecution: "blocks"
        case .events, .replay, .privileges: "events"
        case .comparison: "entries"
        case .flips: "flips"
        }
    }
}
