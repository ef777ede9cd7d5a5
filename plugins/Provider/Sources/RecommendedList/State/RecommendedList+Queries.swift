public import ModuleKit
public import RecommendedListEvents

extension RecommendedList {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `invalidState` before the instance was configured; `invalidArgument` for an empty question.
    public func answer(_ query: RecommendedListQuery, _ state: StateReader) throws(ModuleError)
        -> RecommendedListAnswer
    {
        let settings = try requireSettings(state)
        var answer = RecommendedListAnswer()
        switch query.query {
        case .settings: answer.settings = settings
        case .recommendations(let query): answer.recommendations = try page(query, state)
        case .isRecommended(let query):
            answer.isRecommended = RecommendedListIsRecommended()
            guard let entry = try entry(of: query.instance, state) else { break }
            answer.isRecommended.isRecommended = true
            answer.isRecommended.recommendation = entry
        case nil:
            throw ModuleError(
                .invalidArgument,
                "the query asks for nothing: set recommendations, is_recommended or settings"
            )
        }
        return answer
    }

    private func page(_ query: RecommendedListRecommendationsQuery, _ state: StateReader) throws(ModuleError)
        -> RecommendedListRecommendations
    {
        let limit = query.limit == 0 ? 100 : Int(query.limit)
        var page = RecommendedListRecommendations()
        try recommendations.forEach(in: state, from: query.startNumber) { (number, entry) throws(ModuleError) in
            guard page.recommendations.count < limit else {
                page.nextNumber = number
                return false
            }
            page.recommendations.append(entry)
            return true
        }
        return page
    }

    /// The entry of an instance by its label or its address. Reads the list, which is bounded.
    private func entry(of reference: String, _ state: StateReader) throws(ModuleError)
        -> RecommendedListRecommendation?
    {
        // An address may be written in capitals; no label can be (BIP-173).
        let reference = reference == reference.uppercased() ? reference.lowercased() : reference
        var found: RecommendedListRecommendation?
        try recommendations.forEach(in: state) { (_, entry) throws(ModuleError) in
            guard entry.label == reference || entry.address == reference else { return true }
            found = entry
            return false
        }
        return found
    }
}
