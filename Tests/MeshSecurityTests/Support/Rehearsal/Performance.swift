/// What came of an operation.
struct Performance {
    var provider = Happening()
    var consumer = Happening()
    var acknowledgement = ""
    /// Said in place of accepted or refused.
    var remark: String?
    /// Whether it was left to the reference, so that there is nothing to compare.
    var isTheirs = false

    /// Nil for what was left to the reference.
    var outcome: String? {
        guard !isTheirs else { return nil }
        return remark ?? (provider.error == nil && consumer.error == nil ? "accepted" : "refused")
    }

    /// What was left to the reference.
    static let theirs: Performance = {
        var performance = Performance()
        performance.isTheirs = true
        return performance
    }()

    static func provider(_ happening: Happening) -> Performance {
        var performance = Performance()
        performance.provider = happening
        return performance
    }

    static func consumer(_ happening: Happening) -> Performance {
        var performance = Performance()
        performance.consumer = happening
        return performance
    }

    static func remark(_ text: String) -> Performance {
        var performance = Performance()
        performance.remark = text
        return performance
    }
}
