/// Lines of which each stands under another one, with branches drawn before them.
struct Tree: Sendable {
    let label: Table.Cell
    var branches: [Tree]

    init(_ label: Table.Cell, _ branches: [Tree] = []) {
        self.label = label
        self.branches = branches
    }

    /// The tree as lines, each with its line break.
    func text(_ style: Style) -> String { lines(style, first: "", rest: "") }

    private func lines(_ style: Style, first: String, rest: String) -> String {
        var text = style.dim(first) + style.paint(label.text, label.paint) + "\n"
        for (index, branch) in branches.enumerated() {
            let isLast = index == branches.count - 1
            text += branch.lines(
                style,
                first: rest + (isLast ? "└─ " : "├─ "),
                rest: rest + (isLast ? "   " : "│  ")
            )
        }
        return text
    }
}
