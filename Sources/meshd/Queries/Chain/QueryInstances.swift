import ArgumentParser
import MeshHost
import ModuleKit

/// `meshd query instances`.
struct QueryInstances: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "instances",
        abstract: "Lists the deployed instances, each with its privileges and how far they reach.",
        discussion: """
            Example:
              meshd query instances
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let grants = try chain.grants()
        var reports: [Inspection] = []
        for instance in chain.instances { reports.append(try Inspection(instance, chain, grants: grants)) }
        let all = reports
        return Report(["instances": .array(all.map(\.document))]) { style in
            var table = Table(
                .init("#", .right),
                .init("label"),
                .init("module"),
                .init("admin"),
                .init("grants"),
                .init("fingerprint")
            )
            for report in all {
                table.add(
                    .init(report.instance.number.description, .dim),
                    .init(report.instance.label, .bold),
                    .init("\(report.instance.module) \(report.instance.version)"),
                    .init(report.instance.admin.isEmpty ? "–" : report.instance.admin),
                    .init(report.grants.isEmpty ? "–" : report.grantsText),
                    .init(String(report.fingerprint.prefix(16)), .dim)
                )
            }
            return table.text(style)
        }
    }
}

/// `meshd query instance`.
struct QueryInstance: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "instance",
        abstract: "Shows an instance: its code, configuration, admin, grants, and one fingerprint over all of it.",
        discussion: """
            The same as `meshd inspect`, which says what the fingerprint is over.

            Example:
              meshd query instance bank
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or the address.")
    var instance: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let inspection = try chain.inspection(of: instance)
        return Report(inspection.document) { inspection.facts.text($0) }
    }
}

extension ChainView {
    /// All live grants.
    func grants() throws(CommandError) -> [HostGrant] {
        try CommandError.wrapping { try host.query(HostQuery.with { $0.grants = .init() }, of: "host").grants.grants }
    }
}

/// `meshd query ask`.
struct QueryAsk: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Asks an instance a question of its module's vocabulary, in JSON.",
        discussion: """
            The questions stand in the module's .proto file, as `message Query`.

            Example:
              meshd query ask staking '{"pool":{}}'
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or the address.")
    var instance: String

    @Argument(help: "The question in protobuf JSON.")
    var question: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let answer = try CommandError.wrapping {
            try JSONValue(parsing: try chain.host.query(instance, json: question))
        }
        return Report(answer) { _ in answer.text(.pretty) }
    }
}
