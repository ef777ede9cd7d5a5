import CometBFT
import ExternalStakingEvents
import InterchainEvents
import ModuleKit

/// What is too old to be held against anybody: whoever had stake then may be gone.
extension ReportedChain {
    /// Why what validators did at a time can't be proven to an instance any more, or never could; nil where it can.
    func lateness(of time: BlockTime, for instance: WatchingInstance) throws(SandboxError) -> String? {
        let settings = try ask(ExternalStakingQuery.with { $0.settings = .init() }, of: instance.label).settings
        let period = TimeSpan(nanoseconds: settings.unbondingPeriod)
        let client = try unbondingPeriod(of: instance.clientID)
        if let lateness = try lateness(of: time, after: min(period, client)) { return lateness }
        let moment = try timestamp(time)
        guard let openedAt = try openedAt(instance.label),
            moment.saturatingAdding(TimeSpan(nanoseconds: settings.clockDrift)) < openedAt
        else { return nil }
        return "it was at \(moment), before the pairing, which was opened at \(openedAt)"
    }

    /// Why it is too late to freeze a client for what happened at a time; nil where it is not.
    func lateness(of time: BlockTime, forClient id: String) throws(SandboxError) -> String? {
        try lateness(of: time, after: try unbondingPeriod(of: id))
    }

    private func lateness(of time: BlockTime, after period: TimeSpan) throws(SandboxError) -> String? {
        let moment = try timestamp(time)
        let last = moment.saturatingAdding(period)
        return last < self.time ? "it was at \(moment), and could be proven until \(last)" : nil
    }

    private func unbondingPeriod(of client: String) throws(SandboxError) -> TimeSpan {
        let seconds = try interchain { $0.client.clientID = client }.client.unbondingPeriodSeconds
        let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : TimeSpan(nanoseconds: nanoseconds)
    }

    private func openedAt(_ instance: String) throws(SandboxError) -> Timestamp? {
        do throws(SandboxError) {
            let channel = try ask(ExternalStakingQuery.with { $0.channel = .init() }, of: instance).channel
            return Timestamp(nanoseconds: channel.openedAt)
        } catch  where (error.cause as? ModuleError)?.code == .noControlChannel {
            return nil
        }
    }

    private func timestamp(_ time: BlockTime) throws(SandboxError) -> Timestamp {
        try SandboxError.asking("the time of a header") { () throws(ModuleError) in
            try Timestamp(seconds: time.seconds, nanosecondsWithin: time.nanoseconds)
        }
    }
}
