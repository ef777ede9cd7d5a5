public import ModuleKit
public import RecommendedListEvents

extension RecommendedList {
    /// Projects an event.
    public func apply(_ event: RecommendedListEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .recommended(let recommendation): try add(recommendation, state)
        case .withdrawn(let event): try remove(event.number, state)
        case .imported(let event):
            for recommendation in event.recommendations { try add(recommendation, state) }
        case nil: throw ModuleError(.inconsistentRecommendedListEvent, "an event says nothing: the log is damaged")
        }
    }

    private func add(_ recommendation: RecommendedListRecommendation, _ state: StateWriter) throws(ModuleError) {
        let count = try count.value(in: state) ?? 0
        guard try !recommendations.contains(recommendation.number, in: state), count < Self.recommendationsMax else {
            throw inconsistent("instance \(recommendation.number) is recommended twice, or the list is full")
        }
        try recommendations.set(recommendation, for: recommendation.number, in: state)
        try self.count.set(count + 1, in: state)
    }

    private func remove(_ number: UInt32, _ state: StateWriter) throws(ModuleError) {
        guard try recommendations.contains(number, in: state), let count = try count.value(in: state), count > 0 else {
            throw inconsistent("instance \(number) is withdrawn and was not recommended")
        }
        try recommendations.remove(number, in: state)
        try count == 1 ? self.count.remove(in: state) : self.count.set(count - 1, in: state)
    }

    private func inconsistent(_ what: String) -> ModuleError {
        ModuleError(.inconsistentRecommendedListEvent, "\(what): the log is damaged, verify it")
    }
}
