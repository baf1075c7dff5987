//! petgraph: one graph of users and groups, searched depth first with its own helpers.

use peer_kit::{Asked, Links, Names, Operation, Peer};
use petgraph::algo::{DfsSpace, has_path_connecting};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, Reversed, Visitable};

type Graph = DiGraph<(), (), u32>;
type Marks = <Graph as Visitable>::Map;

/// The graph, users first, and the memory that searches use again.
#[derive(Debug)]
pub struct Petgraph {
    graph: Graph,
    users: usize,
    space: DfsSpace<NodeIndex, Marks>,
    search: Dfs<NodeIndex, Marks>,
    found: Vec<NodeIndex>,
}

impl Petgraph {
    /// Starts the kept search at a node.
    fn start(&mut self, node: NodeIndex) {
        self.search.reset(&self.graph);
        self.search.move_to(node);
        self.found.clear();
    }

    fn reaches(&mut self, from: NodeIndex, to: NodeIndex) -> bool {
        has_path_connecting(&self.graph, from, to, Some(&mut self.space))
    }

    fn remove(&mut self, from: NodeIndex, to: NodeIndex) {
        let edge = self.graph.find_edge(from, to).expect("the edge was added");
        self.graph.remove_edge(edge);
    }
}

impl Peer for Petgraph {
    const NAME: &'static str = "petgraph";
    type Source = Links;
    type User = NodeIndex;
    type Group = NodeIndex;

    fn leaves_out(operation: Operation) -> Option<&'static str> {
        match operation {
            Operation::IsMemberByName | Operation::BuildFromNames => Some("it knows no names"),
            Operation::EditUserShared | Operation::EditGroupShared => Some(peer_kit::NOT_SHARED),
            _ => None,
        }
    }

    fn source(links: &Links, _names: &Names) -> Links {
        links.clone()
    }

    fn build(links: &Links) -> Self {
        let nodes = (links.users + links.groups) as usize;
        let mut graph = Graph::with_capacity(nodes, links.size());
        for _ in 0..nodes {
            graph.add_node(());
        }
        for &(user, group) in &links.user_links {
            graph.add_edge(Self::user(links, user), Self::group(links, group), ());
        }
        for &(inner, outer) in &links.group_links {
            graph.add_edge(Self::group(links, inner), Self::group(links, outer), ());
        }
        Self {
            space: DfsSpace::new(&graph),
            search: Dfs::empty(&graph),
            graph,
            users: links.users as usize,
            found: Vec::new(),
        }
    }

    fn user(_links: &Links, number: u32) -> NodeIndex {
        NodeIndex::from(number)
    }

    fn group(links: &Links, number: u32) -> NodeIndex {
        NodeIndex::from(links.users + number)
    }

    fn is_member(&mut self, user: &NodeIndex, group: &NodeIndex) -> bool {
        self.reaches(*user, *group)
    }

    fn is_member_by_name(&mut self, _user: &str, _group: &str) -> bool {
        unreachable!("left out")
    }

    fn groups_of(&mut self, user: &NodeIndex) -> usize {
        self.start(*user);
        while let Some(node) = self.search.next(&self.graph) {
            self.found.push(node);
        }
        self.found.len() - 1 // the user comes first
    }

    fn users_of(&mut self, group: &NodeIndex) -> usize {
        self.start(*group);
        let downward = Reversed(&self.graph);
        while let Some(node) = self.search.next(downward) {
            if node.index() < self.users {
                self.found.push(node);
            }
        }
        self.found.len()
    }

    fn closes_cycle(&mut self, inner: &NodeIndex, outer: &NodeIndex) -> bool {
        self.reaches(*outer, *inner)
    }

    fn put_user(&mut self, user: &NodeIndex, group: &NodeIndex) {
        self.graph.add_edge(*user, *group, ());
    }

    fn take_user(&mut self, user: &NodeIndex, group: &NodeIndex) {
        self.remove(*user, *group);
    }

    fn put_group(&mut self, inner: &NodeIndex, outer: &NodeIndex) {
        self.graph.add_edge(*inner, *outer, ());
    }

    fn take_group(&mut self, inner: &NodeIndex, outer: &NodeIndex) {
        self.remove(*inner, *outer);
    }

    fn ask_on_threads(
        &self,
        questions: &[Asked<NodeIndex, NodeIndex>],
        threads: usize,
        times: usize,
    ) -> Option<usize> {
        let ask_all = || {
            let mut space = DfsSpace::new(&self.graph);
            let mut wrong = 0;
            for question in questions.iter().cycle().take(questions.len() * times) {
                let (from, to) = (question.user, question.group);
                let yes = has_path_connecting(&self.graph, from, to, Some(&mut space));
                wrong += usize::from(yes != question.yes);
            }
            wrong
        };
        Some(peer_kit::on_threads(threads, ask_all))
    }

    fn bytes_with_names(_source: usize, _built: usize) -> Option<usize> {
        None
    }
}
