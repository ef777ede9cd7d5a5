import ArgumentParser
import MeshSandbox
import ModuleKit

/// `meshd simulate`.
struct SimulateCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Sends tokens, stake and rewards between chains at random, under faults, and checks it all.",
        discussion: """
            The chains stand in a row with a channel between neighbours. Relayers deliver late, twice, never, in any order and \
            forged; chains crash; validators sign twice, which observers prove to the providers late or more than once, and are \
            offline and unjailed. After every step the invariants of all chains are checked and every token is counted on all \
            of them, and so are rewards, collateral and slashes. In the end everything is settled and all logs are verified and \
            replayed.

            The same seed gives the same run. What does not hold is led back to the shortest run that fails, and ends the \
            command with code 1.

            Example:
              meshd simulate --seed 7 --steps 500 --chains 3
            """
    )

    @OptionGroup var options: OutputOptions
    @OptionGroup var homes: KeepOptions

    @Option(name: .long, help: "Where all that is left to chance comes from.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "How many steps: an operation, and a block of every chain.")
    var steps = 200

    @Option(name: .long, help: "How many chains, 2 to 16.")
    var chains = 3

    @Option(name: .long, help: "After how many steps the invariants are checked.")
    var checkEvery = 1

    var global: GlobalOptions { options.global }

    func validate() throws {
        if steps < 1 { throw ValidationError("--steps is at least 1.") }
        if !(2...16).contains(chains) { throw ValidationError("--chains is from 2 to 16.") }
        if checkEvery < 1 { throw ValidationError("--check-every is at least 1.") }
    }

    func execute(_ console: Console) throws(CommandError) {
        let simulation = Simulation(
            .init(seed: seed, stepCount: steps, chainCount: chains, checkInterval: checkEvery),
            auditor: SandboxAudit.auditor
        )
        let progress = SimulationBar(console, stepCount: steps)
        let report = try homes.use { (folder) throws(CommandError) in
            try CommandError.wrapping { try simulation.run(in: folder) { progress.update($0) } }
        }
        progress.finish()
        try SimulationVerdict(report).conclude(console)
    }
}

/// The progress of a simulation.
private final class SimulationBar {
    private let console: Console
    private let running: ProgressBar
    private var shortening: ProgressBar?
    private var runCount: UInt64 = 0

    init(_ console: Console, stepCount: Int) {
        self.console = console
        running = console.progress("simulating", unit: "steps", total: UInt64(stepCount))
    }

    func update(_ progress: Simulation.Progress) {
        switch progress {
        case .running(let step): running.update(UInt64(step))
        case .concluding: running.finish()
        case .shortening:
            running.finish()
            if shortening == nil { shortening = console.progress("shortening", unit: "runs", total: nil) }
            runCount += 1
            shortening?.update(runCount)
        }
    }

    func finish() {
        running.finish()
        shortening?.finish()
    }
}
