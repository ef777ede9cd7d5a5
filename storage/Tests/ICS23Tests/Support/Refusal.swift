import ICS23
import Testing

/// Expects a check to be refused, and for the right reason.
func expectRefusal(
    _ code: ICS23Error.Code,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ check: () throws -> Void
) {
    do {
        try check()
        Issue.record("It was accepted. \(comment.map { "\($0)" } ?? "")", sourceLocation: sourceLocation)
    } catch let error as ICS23Error {
        #expect(error.code == code, comment, sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, comment, sourceLocation: sourceLocation)
    }
}

/// Whether a check succeeds.
func isAccepted(_ check: () throws -> Void) -> Bool {
    (try? check()) != nil
}
